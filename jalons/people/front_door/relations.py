"""A search and a request to follow as the policy sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.policy import Limit, Question, Relation

from ..circle import Circle, active_follow_ups, load_circle, put_away
from ..models import FollowRequest, Search
from ..relations import followed_by_organization_keys, is_referent, is_referent_keys


@dataclass(frozen=True)
class SearchFacts:
    key: UUID
    territory: int
    account: UUID
    expires_at: datetime
    kind: ClassVar[str] = "search"
    frozen: ClassVar[bool] = False


@dataclass(frozen=True)
class FollowRequestFacts:
    """A request to follow; `circle` is that of the person."""

    key: UUID
    territory: int
    account: UUID
    organization: UUID
    waiting: bool
    circle: Circle
    kind: ClassVar[str] = "follow_request"

    @property
    def frozen(self) -> bool:
        return self.circle.frozen


def load_search(key: UUID, at: datetime) -> SearchFacts | None:
    found = Search.objects.filter(pk=key).first()
    if found is None:
        return None
    return SearchFacts(found.pk, found.territory_id, found.account, found.expires_at)


def load_request(key: UUID, at: datetime) -> FollowRequestFacts | None:
    found = FollowRequest.objects.filter(pk=key).first()
    circle = load_circle(found.person_id, at) if found else None
    if found is None or circle is None:
        return None
    return FollowRequestFacts(
        found.pk,
        found.territory_id,
        found.account_id,
        found.organization_id,
        not found.answer,
        circle,
    )


def request_person(key: UUID, facts: FollowRequestFacts | None) -> UUID | None:
    return facts.circle.key if facts else None


def _own_search(actor: Actor, facts: SearchFacts, question: Question) -> bool:
    return facts.account == actor.account and question.at < facts.expires_at


def _own_search_keys(actor: Actor, question: Question) -> "QuerySet[Search, Any]":
    own = [actor.account] if actor.account else []
    mine = Search.objects.filter(account__in=own, expires_at__gt=question.at)
    return mine.values_list("pk", flat=True)


def _own_request(actor: Actor, facts: FollowRequestFacts, question: Question) -> bool:
    return facts.account == actor.account and facts.organization == actor.organization


def _own_request_keys(actor: Actor, question: Question) -> "QuerySet[FollowRequest, Any]":
    mine = FollowRequest.objects.filter(account=actor.account, organization=actor.organization)
    return mine.values_list("pk", flat=True)


def _to_referent(actor: Actor, facts: FollowRequestFacts, question: Question) -> bool:
    return facts.waiting and is_referent(actor, facts.circle, question)


def _to_referent_keys(actor: Actor, question: Question) -> "QuerySet[FollowRequest, Any]":
    found = FollowRequest.objects.filter(answer="", person__in=is_referent_keys(actor, question))
    return found.values_list("pk", flat=True)


def _to_manager(actor: Actor, facts: FollowRequestFacts, question: Question) -> bool:
    circle = facts.circle
    here = any(each.organization == actor.organization for each in circle.followers)
    return facts.waiting and circle.referent is None and here


def _to_manager_keys(actor: Actor, question: Question) -> "QuerySet[FollowRequest, Any]":
    here = followed_by_organization_keys(actor, question)
    found = _without(question, role="referent").filter(person__in=here)
    return found.values_list("pk", flat=True)


def _to_dispatcher(actor: Actor, facts: FollowRequestFacts, question: Question) -> bool:
    return facts.waiting and facts.territory == actor.territory and not facts.circle.followers


def _to_dispatcher_keys(actor: Actor, question: Question) -> "QuerySet[FollowRequest, Any]":
    found = _without(question).filter(territory=actor.territory)
    return found.values_list("pk", flat=True)


def _without(question: Question, **role: str) -> "QuerySet[FollowRequest]":
    """The waiting requests about persons that nobody (of a role) follows."""
    active = active_follow_ups(timezone.localdate(question.at)).filter(
        person=OuterRef("person"), **role
    )
    return FollowRequest.objects.filter(~Exists(active), answer="")


FRONT_DOOR_RELATIONS = [
    Relation("own_search", "search", "cette recherche est la vôtre", _own_search, _own_search_keys),
    Relation(
        "own_request",
        "follow_request",
        "cette demande est la vôtre",
        _own_request,
        _own_request_keys,
    ),
    Relation(
        "request_to_referent",
        "follow_request",
        "vous êtes référent·e de parcours de cette personne",
        _to_referent,
        _to_referent_keys,
    ),
    Relation(
        "request_to_manager",
        "follow_request",
        "votre structure accompagne cette personne, qui n’a pas de référent",
        _to_manager,
        _to_manager_keys,
    ),
    Relation(
        "request_to_dispatcher",
        "follow_request",
        "personne n’accompagne cette personne",
        _to_dispatcher,
        _to_dispatcher_keys,
    ),
]


def _archived(actor: Actor, facts: FollowRequestFacts, question: Question) -> bool:
    return facts.circle.put_away


def _archived_keys(actor: Actor, question: Question) -> "QuerySet[FollowRequest, Any]":
    found = FollowRequest.objects.filter(put_away("person__"))
    return found.values_list("pk", flat=True)


FRONT_DOOR_LIMITS = [
    Limit(
        "archived_request",
        "follow_request",
        "Ce dossier est archivé.",
        _archived,
        _archived_keys,
    )
]
