"""A request as the policy sees it, and the territory's requests as a whole."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation
from jalons.territories.models import Territory
from jalons.territories.relations import ConsortiumFacts

from ..models import RightsRequest


@dataclass(frozen=True)
class RequestFacts:
    key: UUID
    territory: int
    person: UUID
    kind: ClassVar[str] = "rights_request"
    frozen: ClassVar[bool] = False


def load_request(key: UUID, at: datetime) -> RequestFacts | None:
    found = RightsRequest.objects.filter(pk=key).only("territory_id", "person_id").first()
    return RequestFacts(found.pk, found.territory_id, found.person_id) if found else None


def request_person(key: UUID, facts: RequestFacts | None) -> UUID | None:
    return facts.person if facts else None


def _handles(actor: Actor, facts: RequestFacts, question: Question) -> bool:
    return actor.data_protection and facts.territory == actor.territory


def _handled_keys(actor: Actor, question: Question) -> "QuerySet[RightsRequest, Any]":
    theirs = RightsRequest.objects.filter(territory=actor.territory).values_list("pk", flat=True)
    return theirs if actor.data_protection else theirs.none()


def _protects(actor: Actor, facts: ConsortiumFacts, question: Question) -> bool:
    return actor.data_protection and facts.territory == actor.territory


def _protected_keys(actor: Actor, question: Question) -> "QuerySet[Territory, Any]":
    theirs = Territory.objects.filter(pk__in=[actor.territory]).values_list("pk", flat=True)
    return theirs if actor.data_protection else theirs.none()


LABEL = "vous répondez de la protection des données du territoire"
REQUEST_RELATIONS = [
    Relation("request_to_handle", "rights_request", LABEL, _handles, _handled_keys),
    Relation("protects_consortium", "consortium", LABEL, _protects, _protected_keys),
]
