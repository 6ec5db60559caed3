"""Imports as the policy knows them: their author's, under the same mandate and role."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from .models import Import


@dataclass(frozen=True)
class ImportFacts:
    key: UUID
    territory: int
    account: UUID
    mandate: UUID
    role: str
    kind: ClassVar[str] = "file_import"
    frozen: ClassVar[bool] = False


def facts_of(found: Import) -> ImportFacts:
    return ImportFacts(found.pk, found.territory_id, found.account_id, found.mandate_id, found.role)


def load_import(key: UUID, at: datetime) -> ImportFacts | None:
    found = Import.objects.filter(pk=key).first()
    return facts_of(found) if found else None


def _own(actor: Actor, target: ImportFacts, question: Question) -> bool:
    sender = (target.account, target.mandate, target.role)
    return sender == (actor.account, actor.mandate, actor.role)


def _of_actor(actor: Actor, question: Question) -> "QuerySet[Import, UUID]":
    sent = Import.objects.filter(account=actor.account, mandate=actor.mandate, role=actor.role)
    return sent.values_list("pk", flat=True)


OWN_IMPORT = Relation(
    "own_import", "file_import", "vous avez envoyé ce fichier, sous ce mandat", _own, _of_actor
)


def _same_territory(actor: Actor, target: ImportFacts, question: Question) -> bool:
    return target.territory == actor.territory


def _of_territory(actor: Actor, question: Question) -> "QuerySet[Import, UUID]":
    return Import.objects.filter(territory=actor.territory).values_list("pk", flat=True)


IMPORT_OF_TERRITORY = Relation(
    "import_of_territory",
    "file_import",
    "ce fichier a été importé dans votre territoire",
    _same_territory,
    _of_territory,
)
