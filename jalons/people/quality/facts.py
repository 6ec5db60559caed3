"""Two files that may be one person's, as the policy sees them: the circles of both."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.policy import Limit, Question, Relation

from ..circle import Circle, load_circles
from ..models import Person, PossibleDuplicate
from ..relations import (
    follows,
    follows_keys,
    is_referent,
    is_referent_keys,
    objected_to_structure,
    objected_to_structure_keys,
)

Keys = QuerySet[Any, UUID]
SIDES = (("person", "other"), ("other", "person"))


@dataclass(frozen=True)
class PairFacts:
    """`frozen`: one of the two moved to another territory."""

    key: UUID
    territory: int
    one: Circle
    other: Circle
    kind: ClassVar[str] = "possible_duplicate"

    @property
    def frozen(self) -> bool:
        return self.one.frozen or self.other.frozen

    @property
    def both(self) -> tuple[Circle, Circle]:
        return self.one, self.other


def load_pair(key: UUID, at: datetime) -> PairFacts | None:
    found = load_pairs(PossibleDuplicate.objects.filter(pk=key), at)
    return found[0] if found else None


def load_pairs(rows: "QuerySet[PossibleDuplicate]", at: datetime) -> list[PairFacts]:
    """The facts of several pairs, in their order; two queries."""
    pairs = list(rows.values_list("pk", "territory", "person", "other"))
    persons = {key for pair in pairs for key in pair[2:]}
    circles = load_circles(Person.objects.filter(pk__in=persons), at) if persons else []
    known = {circle.key: circle for circle in circles}
    return [PairFacts(pk, where, known[one], known[other]) for pk, where, one, other in pairs]


def pair_person(key: UUID, facts: PairFacts | None) -> UUID | None:
    return facts.one.key if facts else None


def _of_territory(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return facts.territory == actor.territory and not any(one.protected for one in facts.both)


def _of_territory_keys(actor: Actor, question: Question) -> Keys:
    found = PossibleDuplicate.objects.filter(
        territory=actor.territory, person__protected=False, other__protected=False
    )
    return found.values_list("pk", flat=True)


def _of_referent(actor: Actor, facts: PairFacts, question: Question) -> bool:
    """The référent of one of the two, who may know that the other exists."""
    return any(
        is_referent(actor, mine, question)
        and (not theirs.protected or follows(actor, theirs, question))
        for mine, theirs in (facts.both, facts.both[::-1])
    )


def _of_referent_keys(actor: Actor, question: Question) -> list[Keys]:
    mine, followed = is_referent_keys(actor, question), follows_keys(actor, question)
    return [
        PossibleDuplicate.objects.filter(
            Q(**{f"{theirs}__protected": False}) | Q(**{f"{theirs}__in": followed}),
            **{f"{own}__in": mine},
        ).values_list("pk", flat=True)
        for own, theirs in SIDES
    ]


def _closed(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return any(circle.archived or circle.frozen for circle in facts.both)


def _closed_keys(actor: Actor, question: Question) -> Keys:
    gone = Q(archived_at__isnull=False) | Q(frozen_at__isnull=False)
    either = [Exists(Person.objects.filter(gone, pk=OuterRef(side))) for side, _ in SIDES]
    return PossibleDuplicate.objects.filter(either[0] | either[1]).values_list("pk", flat=True)


def _objected(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return any(objected_to_structure(actor, circle, question) for circle in facts.both)


def _objected_keys(actor: Actor, question: Question) -> Keys:
    theirs = objected_to_structure_keys(actor, question)
    found = PossibleDuplicate.objects.filter(Q(person__in=theirs) | Q(other__in=theirs))
    return found.values_list("pk", flat=True)


PAIR_RELATIONS = [
    Relation(
        "pair_of_territory",
        "possible_duplicate",
        "deux dossiers de votre territoire se ressemblent",
        _of_territory,
        _of_territory_keys,
    ),
    Relation(
        "pair_of_referent",
        "possible_duplicate",
        "vous êtes référent·e de parcours de l’une de ces personnes",
        _of_referent,
        _of_referent_keys,
    ),
]
PAIR_LIMITS = [
    Limit(
        "closed_pair",
        "possible_duplicate",
        "Cette page n’est pas partagée avec vous.",
        _closed,
        _closed_keys,
    ),
    Limit(
        "objected_pair",
        "possible_duplicate",
        "La personne s’est opposée à ce que votre structure lise son dossier.",
        _objected,
        _objected_keys,
        frozenset({Level.IDENTITY, None}),
    ),
]
