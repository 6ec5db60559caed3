from django.db.models import Q

from jalons.access import conservation, documents, links, transitions, undo
from jalons.access.break_glass import BROKE_GLASS
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.attention import rules as attention
from jalons.journal import outbox
from jalons.kernel import encrypted
from jalons.territories.settings import declare

from . import contacts, identifiers, individual_contacts, kinds, personal_data
from .agreements.notice import page as notice_page
from .agreements.rules import AGREEMENT, LINK, OBJECTION
from .attention import RULES
from .circle import load_circle
from .documents import contents
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
from .follow_ups.facts import (
    FOLLOW_UP_LIMITS,
    FOLLOW_UP_RELATIONS,
    follow_up_person,
    load_follow_up,
)
from .front_door import typed
from .front_door.actions.forget import KEPT
from .front_door.relations import (
    FRONT_DOOR_RELATIONS,
    load_request,
    load_search,
    request_person,
)
from .front_door.workflow import FOLLOW_REQUEST
from .own_data import CONTACTS, OWN_DATA
from .relations import LIMITS, RELATIONS
from .settings import SETTINGS
from .vigilance.relations import READ_HERE, load_reading

__all__ = ["kinds"]

register_kind(ObjectKind("person", "Personne", load_circle, lambda key, circle: key))
register_kind(ObjectKind("follow_up", "Suivi", load_follow_up, follow_up_person))
register_kind(ObjectKind("search", "Recherche", load_search))
register_kind(ObjectKind("follow_request", "Demande à suivre", load_request, request_person))
register_kind(ObjectKind("unusual_reading", "Consultation inhabituelle", load_reading))
register_kind(ObjectKind("document", "Document", load_document, document_person))
register_act(Act("people.end_follow_up", "Mettre fin à un suivi", "follow_up"))
encrypted.declare("people.Identifier.cipher", identifiers.purpose, "kind")
encrypted.declare("people.Contact.cipher", contacts.purpose, "kind")
encrypted.declare("people.Search.cipher", typed.purpose_of(typed.SEARCH), "id")
encrypted.declare("people.FollowRequest.typed", typed.purpose_of(typed.REQUEST), "id")
encrypted.declare("people.Document.title", contents.purpose_of("title"), "id")
encrypted.declare("people.DocumentContent.cipher", contents.purpose_of("content"), "document")
links.register_scope(links.Scope("people.own_identity", "Vos informations", "people:own_identity"))
links.register_scope(links.Scope(LINK, "Votre accord", "people:own_agreement"))
undo.register("people.follow_up_ended", reopen)

for name, label in [
    ("people.start_follow_up", "Commencer un suivi"),
    ("people.appoint_referent", "Nommer le référent de parcours"),
    ("people.assign_entry", "Attribuer une entrée"),
    ("people.close_entry", "Clore une entrée"),
    ("people.hold_first_interview", "Tenir le premier entretien"),
    ("people.ask_to_follow", "Demander à suivre une personne"),
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

register_act(Act("people.search", "Chercher une personne", "consortium"))
register_act(Act("people.receive", "Accueillir une personne", "search"))
for name, label in [
    ("people.accept_request", "Accepter une demande à suivre"),
    ("people.refuse_request", "Refuser une demande à suivre"),
    ("people.withdraw_request", "Retirer sa demande à suivre"),
]:
    register_act(Act(name, label, "follow_request"))

for relation in [
    *RELATIONS,
    *FOLLOW_UP_RELATIONS,
    *DOCUMENT_RELATIONS,
    *FRONT_DOOR_RELATIONS,
    READ_HERE,
]:
    policy.add_relation(relation)
policy.add_relation(BROKE_GLASS)
for limit in [*LIMITS, *FOLLOW_UP_LIMITS, *DOCUMENT_LIMITS]:
    policy.add_limit(limit)

policy.frozen["person"] = Q(frozen_at__isnull=False)
policy.frozen["document"] = Q(person__frozen_at__isnull=False)
policy.frozen["follow_up"] = Q(person__frozen_at__isnull=False)

for data in OWN_DATA:
    personal_data.register(data)
individual_contacts.register(CONTACTS)

for setting in SETTINGS:
    declare(setting)
for rule in RULES:
    attention.register(rule)

policy.frozen["follow_request"] = Q(person__frozen_at__isnull=False)

for workflow in (ENTRY, DOCUMENT, AGREEMENT, OBJECTION, FOLLOW_REQUEST):
    transitions.register(workflow)
outbox.subscribe("territories.mandate_ended", "people.end_follow_ups")
outbox.subscribe("access.break_glass_opened", "people.tell_referent")
outbox.subscribe("people.unusual_reading", "people.tell_coordination")
outbox.subscribe("people.follow_requested", "people.tell_referent")
outbox.subscribe("people.follow_request_accepted", "people.tell_who_asked")
outbox.subscribe("people.follow_request_refused", "people.tell_who_asked")

conservation.keeps(21, "Recherche d’une personne, ce qui fut tapé", KEPT, "effacée")
documents.register("docs/dpo/notice.md", notice_page)
