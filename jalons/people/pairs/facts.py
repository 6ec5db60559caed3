"""Two files that may be one person's, as the policy sees them: the circles of both."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.policy import Limit, Question, Relation

from ..circle import Circle, load_circles, put_away
from ..models import Pair, Person
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
    """`owner`: the protected one of the two, whose référent alone reads the pair.

    `frozen`: one of the two moved to another territory.
    """

    key: UUID
    territory: int
    one: Circle
    other: Circle
    owner: UUID | None = None
    kind: ClassVar[str] = "pair"

    @property
    def frozen(self) -> bool:
        return self.one.frozen or self.other.frozen

    @property
    def both(self) -> tuple[Circle, Circle]:
        return self.one, self.other

    @property
    def owned(self) -> Circle | None:
        return next((circle for circle in self.both if circle.key == self.owner), None)


def load_pair(key: UUID, at: datetime) -> PairFacts | None:
    found = load_pairs(Pair.objects.filter(pk=key), at)
    return found[0] if found else None


def load_pairs(rows: "QuerySet[Pair]", at: datetime) -> list[PairFacts]:
    """The facts of several pairs, in their order; two queries."""
    pairs = list(rows.values_list("pk", "territory", "person", "other", "owner"))
    persons = {key for pair in pairs for key in pair[2:4]}
    circles = load_circles(Person.objects.filter(pk__in=persons), at) if persons else []
    known = {circle.key: circle for circle in circles}
    return [
        PairFacts(pk, where, known[one], known[other], owner)
        for pk, where, one, other, owner in pairs
    ]


def pair_person(key: UUID, facts: PairFacts | None) -> UUID | None:
    return (facts.owner or facts.one.key) if facts else None


def pair_others(facts: PairFacts) -> Iterable[UUID]:
    """Who else is shown; whoever reads the consultations of the file that may be a protected
    person's learns nothing of the pair."""
    return () if facts.owner else (facts.other.key,)


def _of_territory(actor: Actor, facts: PairFacts, question: Question) -> bool:
    open_ = facts.owner is None and not any(one.protected for one in facts.both)
    return open_ and facts.territory == actor.territory


def _of_territory_keys(actor: Actor, question: Question) -> Keys:
    found = Pair.objects.filter(
        territory=actor.territory, owner=None, person__protected=False, other__protected=False
    )
    return found.values_list("pk", flat=True)


def _of_referent(actor: Actor, facts: PairFacts, question: Question) -> bool:
    """The référent of one of the two, who may know that the other exists."""
    return facts.owner is None and any(
        is_referent(actor, mine, question)
        and (not theirs.protected or follows(actor, theirs, question))
        for mine, theirs in (facts.both, facts.both[::-1])
    )


def _of_referent_keys(actor: Actor, question: Question) -> list[Keys]:
    mine, followed = is_referent_keys(actor, question), follows_keys(actor, question)
    return [
        Pair.objects.filter(
            Q(**{f"{theirs}__protected": False}) | Q(**{f"{theirs}__in": followed}),
            **{f"{own}__in": mine, "owner": None},
        ).values_list("pk", flat=True)
        for own, theirs in SIDES
    ]


def _of_both(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return facts.owner is None and all(is_referent(actor, one, question) for one in facts.both)


def _of_both_keys(actor: Actor, question: Question) -> Keys:
    mine = is_referent_keys(actor, question)
    found = Pair.objects.filter(person__in=mine, other__in=mine, owner=None)
    return found.values_list("pk", flat=True)


def _of_owner(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return facts.owned is not None and is_referent(actor, facts.owned, question)


def _of_owner_keys(actor: Actor, question: Question) -> Keys:
    found = Pair.objects.filter(owner__in=is_referent_keys(actor, question))
    return found.values_list("pk", flat=True)


def _closed(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return any(one.put_away or one.frozen for one in facts.both)


def _closed_keys(actor: Actor, question: Question) -> Keys:
    gone = put_away() | Q(frozen_at__isnull=False)
    either = [Exists(Person.objects.filter(gone, pk=OuterRef(side))) for side, _ in SIDES]
    return Pair.objects.filter(either[0] | either[1]).values_list("pk", flat=True)


def _objected(actor: Actor, facts: PairFacts, question: Question) -> bool:
    return any(objected_to_structure(actor, circle, question) for circle in facts.both)


def _objected_keys(actor: Actor, question: Question) -> Keys:
    theirs = objected_to_structure_keys(actor, question)
    found = Pair.objects.filter(Q(person__in=theirs) | Q(other__in=theirs))
    return found.values_list("pk", flat=True)


PAIR_RELATIONS = [
    Relation(
        "pair_of_territory",
        "pair",
        "deux dossiers de votre territoire se ressemblent",
        _of_territory,
        _of_territory_keys,
    ),
    Relation(
        "pair_of_referent",
        "pair",
        "vous êtes référent·e de parcours de l’une de ces personnes",
        _of_referent,
        _of_referent_keys,
    ),
    Relation(
        "pair_of_both",
        "pair",
        "vous êtes référent·e de parcours des deux dossiers",
        _of_both,
        _of_both_keys,
    ),
    Relation(
        "pair_of_owner",
        "pair",
        "vous êtes référent·e de parcours de cette personne",
        _of_owner,
        _of_owner_keys,
    ),
]
PAIR_LIMITS = [
    Limit(
        "closed_pair",
        "pair",
        "Cette page n’est pas partagée avec vous.",
        _closed,
        _closed_keys,
    ),
    Limit(
        "objected_pair",
        "pair",
        "La personne s’est opposée à ce que votre structure lise son dossier.",
        _objected,
        _objected_keys,
        frozenset({Level.IDENTITY, None}),
    ),
]
