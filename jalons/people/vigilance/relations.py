"""An unusual reading as the policy sees it: of a territory."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from ..models import UnusualReading


@dataclass(frozen=True)
class ReadingFacts:
    key: UUID
    territory: int
    kind: ClassVar[str] = "unusual_reading"
    frozen: ClassVar[bool] = False


def load_reading(key: UUID, at: datetime) -> ReadingFacts | None:
    found = UnusualReading.objects.filter(pk=key).first()
    return ReadingFacts(found.pk, found.territory_id) if found else None


def _here(actor: Actor, facts: ReadingFacts, question: Question) -> bool:
    return facts.territory == actor.territory


def _here_keys(actor: Actor, question: Question) -> "QuerySet[UnusualReading, Any]":
    found = UnusualReading.objects.filter(territory=actor.territory or 0)
    return found.values_list("pk", flat=True)


READ_HERE = Relation(
    "read_here",
    "unusual_reading",
    "cette lecture a eu lieu sur votre territoire",
    _here,
    _here_keys,
)
