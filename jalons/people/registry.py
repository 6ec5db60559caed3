from django.db.models import Q

from jalons.access import links, transitions, undo
from jalons.access.break_glass import BROKE_GLASS
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.attention import rules as attention
from jalons.journal import outbox
from jalons.territories.settings import declare

from . import kinds  # noqa: F401
from .agreements.rules import AGREEMENT, LINK, OBJECTION
from .attention import RULES
from .circle import load_circle
from .documents import kinds as document_kinds  # noqa: F401
from .documents import tasks as document_tasks  # noqa: F401
from .documents.facts import (
    DOCUMENT_LIMITS,
    DOCUMENT_RELATIONS,
    document_person,
    load_document,
)
from .documents.rules import DOCUMENT
from .entries.rules import ENTRY
from .follow_ups.actions.end_follow_up import reopen
from .follow_ups.facts import FOLLOW_UP_RELATIONS, follow_up_person, load_follow_up
from .relations import LIMITS, RELATIONS
from .settings import SETTINGS

register_kind(ObjectKind("person", "Personne", load_circle, lambda key, circle: key))
register_kind(ObjectKind("follow_up", "Suivi", load_follow_up, follow_up_person))
register_kind(ObjectKind("document", "Document", load_document, document_person))
register_act(Act("people.end_follow_up", "Mettre fin à un suivi", "follow_up"))
links.register_scope(links.Scope("people.own_identity", "Vos informations", "people:own_identity"))
links.register_scope(links.Scope(LINK, "Votre accord", "people:own_agreement"))
undo.register("people.follow_up_ended", reopen)

for name, label in [
    ("people.start_follow_up", "Commencer un suivi"),
    ("people.appoint_referent", "Nommer le référent de parcours"),
    ("people.assign_entry", "Attribuer une entrée"),
    ("people.close_entry", "Clore une entrée"),
    ("people.hold_first_interview", "Tenir le premier entretien"),
    ("people.protect", "Protéger une personne"),
    ("people.send_link", "Envoyer un lien à la personne"),
    ("people.add_document", "Ajouter un document"),
    ("people.record_agreement", "Enregistrer un accord de partage"),
    ("people.withdraw_agreement", "Retirer un accord de partage"),
    ("people.record_objection", "Enregistrer une opposition"),
    ("people.lift_objection", "Lever une opposition"),
    ("people.record_information", "Noter l’information donnée"),
]:
    register_act(Act(name, label, "person"))
for name, label in [
    ("people.reveal_document", "Révéler un document restreint"),
    ("people.withdraw_document", "Retirer un document"),
    ("people.restore_document", "Remettre un document retiré"),
    ("people.change_document_level", "Changer qui lit un document"),
]:
    register_act(Act(name, label, "document"))

for relation in [*RELATIONS, *FOLLOW_UP_RELATIONS, *DOCUMENT_RELATIONS]:
    policy.add_relation(relation)
policy.add_relation(BROKE_GLASS)
for limit in [*LIMITS, *DOCUMENT_LIMITS]:
    policy.add_limit(limit)

policy.frozen["person"] = Q(frozen_at__isnull=False)
policy.frozen["document"] = Q(person__frozen_at__isnull=False)
policy.frozen["follow_up"] = Q(person__frozen_at__isnull=False)

for setting in SETTINGS:
    declare(setting)
for rule in RULES:
    attention.register(rule)

for workflow in (ENTRY, DOCUMENT, AGREEMENT, OBJECTION):
    transitions.register(workflow)
outbox.subscribe("territories.mandate_ended", "people.end_follow_ups")
outbox.subscribe("access.break_glass_opened", "people.tell_referent")
