from django.db.models import Q

from jalons.access import links, transitions, undo
from jalons.access.break_glass import BROKE_GLASS
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.attention import rules as attention
from jalons.journal import outbox
from jalons.territories.settings import declare

from . import kinds  # noqa: F401
from .attention import RULES
from .circle import load_circle
from .entries.rules import ENTRY
from .follow_ups.actions.end_follow_up import reopen
from .follow_ups.facts import FOLLOW_UP_RELATIONS, follow_up_person, load_follow_up
from .identity.actions.change_contacts import reopen_contact
from .identity.proposals import (
    ACCEPT,
    CHANGE_RELATIONS,
    PROPOSED_CHANGE,
    REFUSE,
    WITHDRAW,
    change_person,
    load_change,
)
from .relations import LIMITS, RELATIONS
from .settings import SETTINGS
from .statuses.actions.change_status import reopen as reopen_status

register_kind(ObjectKind("person", "Personne", load_circle, lambda key, circle: key))
register_kind(ObjectKind("follow_up", "Suivi", load_follow_up, follow_up_person))
register_kind(ObjectKind("proposed_change", "Correction proposée", load_change, change_person))
register_act(Act("people.end_follow_up", "Mettre fin à un suivi", "follow_up"))
register_act(Act(ACCEPT, "Accepter une correction", "proposed_change"))
register_act(Act(REFUSE, "Refuser une correction", "proposed_change"))
register_act(Act(WITHDRAW, "Retirer une correction", "proposed_change"))
links.register_scope(links.Scope("people.own_identity", "Vos informations", "people:own_identity"))
undo.register("people.follow_up_ended", reopen)
undo.register("people.contact_ended", reopen_contact)
undo.register("people.status_ended", reopen_status)

for name, label in [
    ("people.start_follow_up", "Commencer un suivi"),
    ("people.appoint_referent", "Nommer le référent de parcours"),
    ("people.assign_entry", "Attribuer une entrée"),
    ("people.close_entry", "Clore une entrée"),
    ("people.hold_first_interview", "Tenir le premier entretien"),
    ("people.protect", "Protéger une personne"),
    ("people.send_link", "Envoyer un lien à la personne"),
    ("people.correct_identity", "Corriger une identité"),
    ("people.change_contacts", "Changer les coordonnées"),
    ("people.change_identifiers", "Changer les numéros"),
    ("people.hide_address", "Cacher l’adresse"),
    ("people.be_discreet", "Rendre les contacts discrets"),
    ("people.record_status", "Enregistrer un statut"),
    ("people.change_status", "Corriger ou terminer un statut"),
    ("people.name_reader", "Désigner qui lit ce qui est scellé"),
]:
    register_act(Act(name, label, "person"))

for relation in [*RELATIONS, *FOLLOW_UP_RELATIONS, *CHANGE_RELATIONS]:
    policy.add_relation(relation)
policy.add_relation(BROKE_GLASS)
for limit in LIMITS:
    policy.add_limit(limit)

policy.frozen["person"] = Q(frozen_at__isnull=False)
policy.frozen["follow_up"] = Q(person__frozen_at__isnull=False)
policy.frozen["proposed_change"] = Q(person__frozen_at__isnull=False)

for setting in SETTINGS:
    declare(setting)
for rule in RULES:
    attention.register(rule)

transitions.register(ENTRY)
transitions.register(PROPOSED_CHANGE)
outbox.subscribe("territories.mandate_ended", "people.end_follow_ups")
outbox.subscribe("access.break_glass_opened", "people.tell_referent")
outbox.subscribe("people.change_proposed", "people.tell_referent")
outbox.subscribe("people.identifier_met", "people.tell_referent")
outbox.subscribe("people.change_accepted", "people.tell_author")
outbox.subscribe("people.change_refused", "people.tell_author")
