from django.db.models import Q

from jalons.access import transitions
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.kernel import encrypted

from . import contents, kinds, tasks
from .facts import DOCUMENT_LIMITS, DOCUMENT_RELATIONS, document_person, load_document
from .rules import DOCUMENT

__all__ = ["kinds", "tasks"]

register_kind(ObjectKind("document", "Document", load_document, document_person))
policy.frozen["document"] = Q(person__frozen_at__isnull=False)
for relation in DOCUMENT_RELATIONS:
    policy.add_relation(relation)
for limit in DOCUMENT_LIMITS:
    policy.add_limit(limit)

register_act(Act("people.add_document", "Ajouter un document", "person"))
for name, label in [
    ("people.reveal_document", "Révéler un document restreint"),
    ("people.withdraw_document", "Retirer un document"),
    ("people.restore_document", "Remettre un document retiré"),
    ("people.change_document_level", "Changer qui lit un document"),
]:
    register_act(Act(name, label, "document"))
transitions.register(DOCUMENT)
encrypted.declare("people.Document.title", contents.purpose_of("title"), "id")
encrypted.declare("people.DocumentContent.cipher", contents.purpose_of("content"), "document")
