"""The relations between an actor and the objects of the consortium, as the policy knows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from .models import Organization, Territory


@dataclass(frozen=True)
class OrganizationFacts:
    key: UUID
    territory: int
    kind: ClassVar[str] = "organization"
    frozen: ClassVar[bool] = False


def load_organization(key: UUID, at: datetime) -> OrganizationFacts | None:
    territory = Organization.objects.filter(pk=key).values_list("territory", flat=True).first()
    return OrganizationFacts(key, territory) if territory else None


def _same_territory(actor: Actor, target: OrganizationFacts, question: Question) -> bool:
    return target.territory == actor.territory


def _of_territory(actor: Actor, question: Question) -> "QuerySet[Organization, UUID]":
    return Organization.objects.filter(territory=actor.territory).values_list("pk", flat=True)


SAME_TERRITORY = Relation(
    "same_territory",
    "organization",
    "cette structure est de votre territoire",
    _same_territory,
    _of_territory,
)


def _own(actor: Actor, target: OrganizationFacts, question: Question) -> bool:
    return target.key == actor.organization


def _of_actor(actor: Actor, question: Question) -> "QuerySet[Organization, UUID]":
    own = [actor.organization] if actor.organization else []
    return Organization.objects.filter(pk__in=own).values_list("pk", flat=True)


OWN_ORGANIZATION = Relation(
    "own_organization", "organization", "cette structure est la vôtre", _own, _of_actor
)


@dataclass(frozen=True)
class ConsortiumFacts:
    """The consortium of a territory; its key is the territory's, as a UUID."""

    territory: int
    kind: ClassVar[str] = "consortium"
    frozen: ClassVar[bool] = False

    @property
    def key(self) -> UUID:
        return UUID(int=self.territory)


def load_consortium(key: UUID, at: datetime) -> ConsortiumFacts | None:
    found = key.int < 2**15 and Territory.objects.filter(pk=key.int).exists()
    return ConsortiumFacts(key.int) if found else None


@dataclass(frozen=True)
class TerritoryFacts:
    """A territory as the platform sees it: founded and listed by role, never by sight."""

    key: UUID
    kind: ClassVar[str] = "territory"
    territory: ClassVar[int] = 0
    frozen: ClassVar[bool] = False


def load_territory(key: UUID, at: datetime) -> TerritoryFacts | None:
    return TerritoryFacts(key) if load_consortium(key, at) else None


def _of_all(actor: Actor, target: TerritoryFacts, question: Question) -> bool:
    return actor.role is not None


def _all_keys(actor: Actor, question: Question) -> "QuerySet[Territory, int]":
    return Territory.objects.values_list("pk", flat=True)


OF_ALL_TERRITORIES = Relation(
    "of_all_territories",
    "territory",
    "votre mandat est celui de la plateforme",
    _of_all,
    _all_keys,
)


def _own_consortium(actor: Actor, target: ConsortiumFacts, question: Question) -> bool:
    return target.territory == actor.territory


def _own_consortium_keys(actor: Actor, question: Question) -> "QuerySet[Territory, int]":
    return Territory.objects.filter(pk=actor.territory or 0).values_list("pk", flat=True)


OWN_CONSORTIUM = Relation(
    "own_consortium",
    "consortium",
    "ce consortium est celui de votre territoire",
    _own_consortium,
    _own_consortium_keys,
)
