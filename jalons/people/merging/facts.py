"""A merge as the policy sees it: the circle of the kept file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.policy import Limit, Question, Relation

from ..circle import Circle, load_circle, put_away
from ..models import Merge
from ..relations import (
    is_referent,
    is_referent_keys,
    objected_to_structure,
    objected_to_structure_keys,
)

Keys = QuerySet[Any, UUID]


@dataclass(frozen=True)
class MergeFacts:
    """`circle` is that of the kept file."""

    key: UUID
    territory: int
    circle: Circle
    state: str
    undo_until: date | None = None
    kind: ClassVar[str] = "merge"

    @property
    def frozen(self) -> bool:
        return self.circle.frozen


def load_merge(key: UUID, at: datetime) -> MergeFacts | None:
    found = Merge.objects.filter(pk=key).first()
    circle = load_circle(found.kept_id, at) if found else None
    if found is None or circle is None:
        return None
    return MergeFacts(found.pk, found.territory_id, circle, found.state, found.undo_until)


def merge_person(key: UUID, facts: MergeFacts | None) -> UUID | None:
    return facts.circle.key if facts else None


def _of_territory(actor: Actor, facts: MergeFacts, question: Question) -> bool:
    """While it may be undone: then who looks after the data reads it no more."""
    here = facts.territory == actor.territory and not facts.circle.protected
    until, day = facts.undo_until, timezone.localdate(question.at)
    return here and facts.state in OPEN and (until is None or until > day)


def _of_territory_keys(actor: Actor, question: Question) -> Keys:
    in_time = Q(undo_until=None) | Q(undo_until__gt=timezone.localdate(question.at))
    found = Merge.objects.filter(
        in_time, territory=actor.territory, kept__protected=False, state__in=sorted(OPEN)
    )
    return found.values_list("pk", flat=True)


def _of_referent(actor: Actor, facts: MergeFacts, question: Question) -> bool:
    return is_referent(actor, facts.circle, question)


def _of_referent_keys(actor: Actor, question: Question) -> Keys:
    found = Merge.objects.filter(kept__in=is_referent_keys(actor, question))
    return found.values_list("pk", flat=True)


def _closed(actor: Actor, facts: MergeFacts, question: Question) -> bool:
    return facts.circle.put_away


def _closed_keys(actor: Actor, question: Question) -> Keys:
    return Merge.objects.filter(put_away("kept__")).values_list("pk", flat=True)


def _objected(actor: Actor, facts: MergeFacts, question: Question) -> bool:
    return objected_to_structure(actor, facts.circle, question)


def _objected_keys(actor: Actor, question: Question) -> Keys:
    found = Merge.objects.filter(kept__in=objected_to_structure_keys(actor, question))
    return found.values_list("pk", flat=True)


OPEN = frozenset({Merge.State.ASKED.value, Merge.State.DONE.value, Merge.State.UNDOING.value})
MERGE_RELATIONS = [
    Relation(
        "merge_of_territory",
        "merge",
        "deux dossiers de votre territoire sont réunis",
        _of_territory,
        _of_territory_keys,
    ),
    Relation(
        "merge_of_referent",
        "merge",
        "vous êtes référent·e de parcours de cette personne",
        _of_referent,
        _of_referent_keys,
    ),
]
MERGE_LIMITS = [
    Limit(
        "closed_merge", "merge", "Cette page n’est pas partagée avec vous.", _closed, _closed_keys
    ),
    Limit(
        "objected_merge",
        "merge",
        "La personne s’est opposée à ce que votre structure lise son dossier.",
        _objected,
        _objected_keys,
        frozenset({Level.IDENTITY, None}),
    ),
]
