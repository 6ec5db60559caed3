"""A réorientation as the policy sees it: who asked it, for whom, whether it waits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Limit, Question, Relation

from ..circle import put_away
from ..models import Reorientation


@dataclass(frozen=True)
class ReorientationFacts:
    key: UUID
    territory: int
    person: UUID
    account: UUID
    organization: UUID
    is_open: bool
    frozen: bool = False
    protected: bool = False
    archived: bool = False
    kind: ClassVar[str] = "reorientation"


def load_reorientation(key: UUID, at: datetime) -> ReorientationFacts | None:
    found = Reorientation.objects.select_related("person").filter(pk=key).first()
    if found is None:
        return None
    return ReorientationFacts(
        found.pk,
        found.territory_id,
        found.person_id,
        found.account_id,
        found.organization_id,
        found.decided_on is None and found.withdrawn_on is None,
        found.person.frozen_at is not None,
        found.person.protected,
        found.person.archived_at is not None or found.person.merged_into_id is not None,
    )


def reorientation_person(key: UUID, facts: ReorientationFacts | None) -> UUID | None:
    return facts.person if facts else None


def _own(actor: Actor, facts: ReorientationFacts, question: Question) -> bool:
    return facts.account == actor.account and facts.organization == actor.organization


def _own_keys(actor: Actor, question: Question) -> "QuerySet[Reorientation, Any]":
    mine = Reorientation.objects.filter(
        account__in=[actor.account] if actor.account else [],
        organization__in=[actor.organization] if actor.organization else [],
    )
    return mine.values_list("pk", flat=True)


def _of_territory(actor: Actor, facts: ReorientationFacts, question: Question) -> bool:
    return facts.territory == actor.territory and not facts.protected


def _of_territory_keys(actor: Actor, question: Question) -> "QuerySet[Reorientation, Any]":
    found = Reorientation.objects.filter(territory=actor.territory or 0, person__protected=False)
    return found.values_list("pk", flat=True)


REORIENTATION_RELATIONS = [
    Relation(
        "own_reorientation",
        "reorientation",
        "vous avez demandé cette réorientation",
        _own,
        _own_keys,
    ),
    Relation(
        "reorientation_of_territory",
        "reorientation",
        "cette réorientation est demandée dans votre territoire",
        _of_territory,
        _of_territory_keys,
    ),
]


def _archived(actor: Actor, facts: ReorientationFacts, question: Question) -> bool:
    return facts.archived


def _archived_keys(actor: Actor, question: Question) -> "QuerySet[Reorientation, Any]":
    found = Reorientation.objects.filter(put_away("person__"))
    return found.values_list("pk", flat=True)


REORIENTATION_LIMITS = [
    Limit(
        "archived_reorientation",
        "reorientation",
        "Cette page n’est pas partagée avec vous.",
        _archived,
        _archived_keys,
    )
]
