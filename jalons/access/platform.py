"""The platform as an object of the policy: what belongs to no territory is decided on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from .actor import Actor
from .models import Draft
from .policy import Question, Relation


@dataclass(frozen=True)
class PlatformFacts:
    key: ClassVar[UUID] = UUID(int=0)
    territory: ClassVar[None] = None
    kind: ClassVar[str] = "platform"
    frozen: ClassVar[bool] = False


PLATFORM = PlatformFacts()


def load_platform(key: UUID, at: datetime) -> PlatformFacts | None:
    return PLATFORM if key == PLATFORM.key else None


def _holds(actor: Actor, target: PlatformFacts, question: Question) -> bool:
    return True


def _keys(actor: Actor, question: Question) -> "QuerySet[Draft, UUID]":
    """The platform is one, and stands in no table."""
    return Draft.objects.none().values_list("pk", flat=True)


OF_THE_PLATFORM = Relation(
    "of_the_platform", "platform", "votre mandat est celui de la plateforme", _holds, _keys
)
