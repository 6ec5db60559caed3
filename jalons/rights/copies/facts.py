"""A stored copy as the policy sees it: ready, not expired, its requester's alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from ..models import StoredExport


@dataclass(frozen=True)
class ExportFacts:
    key: UUID
    territory: int
    person: UUID
    account: UUID
    kind: ClassVar[str] = "stored_export"
    frozen: ClassVar[bool] = False


def load_export(key: UUID, at: datetime) -> ExportFacts | None:
    """The facts of a copy that may be downloaded at a moment, or None."""
    found = available(at).filter(pk=key).only("territory_id", "person_id", "account_id").first()
    if found is None:
        return None
    return ExportFacts(found.pk, found.territory_id, found.person_id, found.account_id)


def available(at: datetime) -> "QuerySet[StoredExport]":
    return StoredExport.objects.filter(ready_at__isnull=False, expires_at__gt=at)


def export_person(key: UUID, facts: ExportFacts | None) -> UUID | None:
    return facts.person if facts else None


def _own(actor: Actor, facts: ExportFacts, question: Question) -> bool:
    return facts.account == actor.account


def _own_keys(actor: Actor, question: Question) -> "QuerySet[StoredExport, Any]":
    return available(question.at).filter(account=actor.account).values_list("pk", flat=True)


OWN_EXPORT = Relation(
    "own_export", "stored_export", "vous avez demandé cette copie", _own, _own_keys
)
