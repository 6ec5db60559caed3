"""A possible match as the policy sees it: of a protected person, told to their référent alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Limit, Question, Relation

from ..circle import Circle, load_circle
from ..models import PossibleMatch
from ..relations import is_referent, is_referent_keys


@dataclass(frozen=True)
class MatchFacts:
    """A possible match; `circle` is that of the protected person."""

    key: UUID
    territory: int
    circle: Circle
    kind: ClassVar[str] = "possible_match"

    @property
    def frozen(self) -> bool:
        return self.circle.frozen


def load_match(key: UUID, at: datetime) -> MatchFacts | None:
    found = PossibleMatch.objects.filter(pk=key).first()
    circle = load_circle(found.person_id, at) if found else None
    if found is None or circle is None:
        return None
    return MatchFacts(found.pk, found.territory_id, circle)


def match_person(key: UUID, facts: MatchFacts | None) -> UUID | None:
    return facts.circle.key if facts else None


def _to_referent(actor: Actor, facts: MatchFacts, question: Question) -> bool:
    return is_referent(actor, facts.circle, question)


def _to_referent_keys(actor: Actor, question: Question) -> "QuerySet[PossibleMatch, Any]":
    found = PossibleMatch.objects.filter(person__in=is_referent_keys(actor, question))
    return found.values_list("pk", flat=True)


def _archived(actor: Actor, facts: MatchFacts, question: Question) -> bool:
    return facts.circle.archived


def _archived_keys(actor: Actor, question: Question) -> "QuerySet[PossibleMatch, Any]":
    found = PossibleMatch.objects.filter(person__archived_at__isnull=False)
    return found.values_list("pk", flat=True)


TO_REFERENT = Relation(
    "match_to_referent",
    "possible_match",
    "vous êtes référent·e de parcours de cette personne",
    _to_referent,
    _to_referent_keys,
)
ARCHIVED = Limit(
    "archived_match", "possible_match", "Ce dossier est archivé.", _archived, _archived_keys
)
