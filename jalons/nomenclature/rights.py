"""The entries of a list as the policy knows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from .models import Term


@dataclass(frozen=True)
class TermFacts:
    key: UUID
    territory: int
    kind: ClassVar[str] = "term"
    frozen: ClassVar[bool] = False


def load_term(key: UUID, at: datetime) -> TermFacts | None:
    """None for a national entry: nobody acts on it."""
    territory = Term.objects.filter(pk=key).values_list("territory", flat=True).first()
    return None if territory is None else TermFacts(key, territory)


def _is_own(actor: Actor, target: TermFacts, question: Question) -> bool:
    return target.territory == actor.territory


def _own(actor: Actor, question: Question) -> "QuerySet[Term, UUID]":
    return Term.objects.filter(territory=actor.territory).values_list("pk", flat=True)


OWN_TERMS = Relation(
    "own_terms", "term", "cette liste est celle de votre territoire", _is_own, _own
)
