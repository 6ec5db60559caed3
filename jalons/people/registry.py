from django.db.models import Q

from jalons.access import links, transitions, undo
from jalons.access.break_glass import BROKE_GLASS
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import (
    ACCEPT_REORIENTATION,
    ASK_REORIENTATION,
    HAND_OVER,
    READ_ENTRY,
    REFUSE_REORIENTATION,
    SEE_LOAD,
    WITHDRAW_REORIENTATION,
    policy,
)
from jalons.attention import rules as attention
from jalons.journal import outbox
from jalons.territories.settings import declare

from . import kinds, navigation  # noqa: F401
from .attention import RULES
from .circle import load_circle
from .entries.actions.assign import unassign
from .entries.actions.distribute import said_of_undone, undo_distribution
from .entries.actions.progress import reopen_entry
from .entries.rules import ENTRY
from .follow_ups.actions import hand_over
from .follow_ups.actions.end_follow_up import reopen
from .follow_ups.facts import FOLLOW_UP_RELATIONS, follow_up_person, load_follow_up
from .relations import LIMITS, RELATIONS
from .reorientations.facts import (
    REORIENTATION_RELATIONS,
    load_reorientation,
    reorientation_person,
)
from .reorientations.rules import REORIENTATION
from .settings import SETTINGS

register_kind(ObjectKind("person", "Personne", load_circle, lambda key, circle: key))
register_kind(ObjectKind("follow_up", "Suivi", load_follow_up, follow_up_person))
register_kind(
    ObjectKind("reorientation", "Réorientation", load_reorientation, reorientation_person)
)
for name, label in [
    (ACCEPT_REORIENTATION, "Accepter une réorientation"),
    (REFUSE_REORIENTATION, "Refuser une réorientation"),
    (WITHDRAW_REORIENTATION, "Retirer une demande de réorientation"),
]:
    register_act(Act(name, label, "reorientation"))
register_act(Act("people.end_follow_up", "Mettre fin à un suivi", "follow_up"))
links.register_scope(links.Scope("people.own_identity", "Vos informations", "people:own_identity"))
undo.register("people.follow_up_ended", reopen)
undo.register("people.handed_over", hand_over.undo_hand_over)
undo.register("people.caseload_handed_over", hand_over.undo_many)
undo.say("people.caseload_handed_over_undone", hand_over.said_of_undone)
undo.register("people.entry_assigned", unassign)
undo.register("people.entries_distributed", undo_distribution)
undo.say("people.distribution_undone", said_of_undone)
undo.register("people.entry_closed", reopen_entry)
register_act(Act(SEE_LOAD, "Lire la charge des structures", "organization"))

for name, label in [
    ("people.start_follow_up", "Commencer un suivi"),
    ("people.appoint_referent", "Nommer le référent de parcours"),
    (READ_ENTRY, "Lire une entrée"),
    (ASK_REORIENTATION, "Demander une réorientation"),
    (HAND_OVER, "Passer le relais de référent"),
    ("people.assign_entry", "Attribuer une entrée"),
    ("people.close_entry", "Clore une entrée"),
    ("people.hold_first_interview", "Tenir le premier entretien"),
    ("people.protect", "Protéger une personne"),
    ("people.send_link", "Envoyer un lien à la personne"),
]:
    register_act(Act(name, label, "person"))

for relation in [*RELATIONS, *FOLLOW_UP_RELATIONS, *REORIENTATION_RELATIONS]:
    policy.add_relation(relation)
policy.add_relation(BROKE_GLASS)
for limit in LIMITS:
    policy.add_limit(limit)

policy.frozen["person"] = Q(frozen_at__isnull=False)
policy.frozen["reorientation"] = Q(person__frozen_at__isnull=False)
policy.frozen["follow_up"] = Q(person__frozen_at__isnull=False)

for setting in SETTINGS:
    declare(setting)
for rule in RULES:
    attention.register(rule)

transitions.register(ENTRY)
transitions.register(REORIENTATION)
outbox.subscribe("territories.mandate_ended", "people.end_follow_ups")
outbox.subscribe("people.follow_up_started", "people.tell_follower")
outbox.subscribe("people.reorientation_asked", "people.tell_dispatchers")
outbox.subscribe("people.reorientation_accepted", "people.tell_asker")
outbox.subscribe("people.reorientation_refused", "people.tell_asker")
outbox.subscribe("people.entry_assigned", "people.tell_managers")
outbox.subscribe("access.break_glass_opened", "people.tell_referent")
