"""A follow-up as the policy sees it: whose it is, and of which organization."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.policy import Limit, Question, Relation

from ..circle import active_follow_ups, put_away
from ..models import FollowUp


@dataclass(frozen=True)
class FollowUpFacts:
    key: UUID
    territory: int
    person: UUID
    account: UUID
    organization: UUID
    frozen: bool
    archived: bool = False
    kind: ClassVar[str] = "follow_up"


def load_follow_up(key: UUID, at: datetime) -> FollowUpFacts | None:
    """The facts of a follow-up that is active at a moment, or None."""
    found = (
        active_follow_ups(timezone.localdate(at)).select_related("person").filter(pk=key).first()
    )
    if found is None:
        return None
    return FollowUpFacts(
        found.pk,
        found.territory_id,
        found.person_id,
        found.account_id,
        found.organization_id,
        found.person.frozen_at is not None,
        found.person.archived_at is not None or found.person.merged_into_id is not None,
    )


def follow_up_person(key: UUID, facts: FollowUpFacts | None) -> UUID | None:
    return facts.person if facts else None


def _own(actor: Actor, facts: FollowUpFacts, question: Question) -> bool:
    return facts.account == actor.account and facts.organization == actor.organization


def _own_keys(actor: Actor, question: Question) -> "QuerySet[FollowUp, Any]":
    return _of_organization_keys(actor, question).filter(account=actor.account)


def _of_organization(actor: Actor, facts: FollowUpFacts, question: Question) -> bool:
    return facts.organization == actor.organization


def _of_organization_keys(actor: Actor, question: Question) -> "QuerySet[FollowUp, Any]":
    active = active_follow_ups(timezone.localdate(question.at))
    return active.filter(organization=actor.organization).values_list("pk", flat=True)


def _archived(actor: Actor, facts: FollowUpFacts, question: Question) -> bool:
    return facts.archived


def _archived_keys(actor: Actor, question: Question) -> "QuerySet[FollowUp, Any]":
    return FollowUp.objects.filter(put_away("person__")).values_list("pk", flat=True)


FOLLOW_UP_LIMITS = [
    Limit(
        "archived_follow_up",
        "follow_up",
        "Cette page n’est pas partagée avec vous.",
        _archived,
        _archived_keys,
    ),
]
FOLLOW_UP_RELATIONS = [
    Relation("own_follow_up", "follow_up", "ce suivi est le vôtre", _own, _own_keys),
    Relation(
        "follow_up_of_organization",
        "follow_up",
        "ce suivi est celui de votre structure",
        _of_organization,
        _of_organization_keys,
    ),
]
