"""A request that arrives before any search, and a partner's link, as the policy sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.models import ScopedLink
from jalons.access.policy import Question, Relation

from ..models import Intake

SIGNAL = "people.signal"
"""The scope of a partner's link."""


@dataclass(frozen=True)
class IntakeFacts:
    """`person` is who it turned out to be; from then on their file alone says who reads it."""

    key: UUID
    territory: int
    door: UUID | None
    person: UUID | None = None
    kind: ClassVar[str] = "intake"
    frozen: ClassVar[bool] = False


@dataclass(frozen=True)
class SignalLinkFacts:
    key: UUID
    territory: int
    author: UUID | None
    kind: ClassVar[str] = "signal_link"
    frozen: ClassVar[bool] = False


def load_intake(key: UUID, at: datetime) -> IntakeFacts | None:
    found = Intake.objects.filter(pk=key).first()
    return facts_of(found) if found else None


def facts_of(row: Intake) -> IntakeFacts:
    return IntakeFacts(row.pk, row.territory_id, row.door_id, row.person_id)


def intake_person(key: UUID, facts: IntakeFacts | None) -> UUID | None:
    return facts.person if facts else None


def load_signal_link(key: UUID, at: datetime) -> SignalLinkFacts | None:
    found = ScopedLink.objects.filter(pk=key, scope=SIGNAL).first()
    return SignalLinkFacts(found.pk, found.territory, found.created_by) if found else None


def _at_door(actor: Actor, facts: IntakeFacts, question: Question) -> bool:
    here = facts.door is not None and facts.door == actor.organization
    return here and facts.person is None


def _at_door_keys(actor: Actor, question: Question) -> "QuerySet[Intake, Any]":
    doors = [actor.organization] if actor.organization else []
    return Intake.objects.filter(person=None, door__in=doors).values_list("pk", flat=True)


def _of_territory(actor: Actor, facts: IntakeFacts, question: Question) -> bool:
    return facts.person is None and facts.territory == actor.territory


def _of_territory_keys(actor: Actor, question: Question) -> "QuerySet[Intake, Any]":
    found = Intake.objects.filter(person=None, territory=actor.territory or 0)
    return found.values_list("pk", flat=True)


def _own_link(actor: Actor, facts: SignalLinkFacts, question: Question) -> bool:
    return facts.author is not None and facts.author == actor.account


def _own_link_keys(actor: Actor, question: Question) -> "QuerySet[ScopedLink, Any]":
    own = [actor.account] if actor.account else []
    found = ScopedLink.objects.filter(scope=SIGNAL, created_by__in=own)
    return found.values_list("pk", flat=True)


INTAKE_RELATIONS = [
    Relation(
        "intake_at_door",
        "intake",
        "cette demande est adressée à votre structure",
        _at_door,
        _at_door_keys,
    ),
    Relation(
        "intake_of_territory",
        "intake",
        "cette demande est adressée à votre territoire",
        _of_territory,
        _of_territory_keys,
    ),
    Relation(
        "own_signal_link",
        "signal_link",
        "vous avez donné ce lien",
        _own_link,
        _own_link_keys,
    ),
]
