"""Pairs of files to review, one at a time or in lines, each side as the policy shows it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import MERGE, TELL_APART
from jalons.kernel import clock

from ..circle import Circle, active_follow_ups, load_circles
from ..models import Merge, Pair, Person
from ..queries import MaskedLine, shown_communes
from ..rules import initials
from .comparison import Attribute, compared
from .facts import PairFacts, load_pairs
from .rules import in_words, margin_in_words

LAST = 10
"""Merges shown under the queue."""
MOST = 1_000
"""Pairs counted: beyond, nobody goes through them one by one."""


def waiting(actor: Actor) -> "QuerySet[Pair]":
    """The pairs that nobody answered yet, but those of protected persons."""
    seen = visible_to(actor, "pair", Level.MASKED)
    return Pair.objects.filter(seen, answer="", owner=None)


def met(actor: Actor) -> "QuerySet[Pair]":
    """The protected persons, whose référent the actor is, who may have been created again."""
    seen = visible_to(actor, "pair", Level.IDENTITY)
    return Pair.objects.filter(seen, answer="", owner__isnull=False)


def in_queue(found: "QuerySet[Pair]") -> "QuerySet[Pair]":
    """The oldest first; what was put off comes last."""
    return found.order_by(F("postponed_at").asc(nulls_first=True), "found_on", "id")


@dataclass(frozen=True)
class Review:
    """One pair on screen: `rank` of `total`; `named` when the reader may compare identities."""

    row: Pair
    rank: int
    total: int
    reasons: str
    margin: str
    sides: tuple["Side", "Side"]
    attributes: list[Attribute]
    named: bool
    may_tell: bool
    may_merge: bool

    @property
    def readable(self) -> bool:
        return any(side.readable for side in self.sides)

    @property
    def previous(self) -> int | None:
        return self.rank - 1 if self.rank > 1 else None

    @property
    def next(self) -> int | None:
        return self.rank + 1 if self.rank < self.total else None


def review(actor: Actor, found: "QuerySet[Pair]", rank: int) -> Review | None:
    """The pair of this rank, or the last one; None when nothing waits."""
    total = found.order_by()[:MOST].count()
    rank = max(1, min(rank, total))
    row = in_queue(found)[rank - 1 : rank].first() if total else None
    if row is None:
        return None
    facts = load_pairs(Pair.objects.filter(pk=row.pk), clock.now())[0]
    line = _lines(actor, [row], {row.pk: facts})[0]
    named = _named(actor, facts)
    return Review(
        row,
        rank,
        total,
        line.reasons,
        margin_in_words(row.margin),
        line.sides,
        compared(actor, facts, [side.structures for side in line.sides]) if named else [],
        named,
        line.may_tell,
        bool(decide(actor, MERGE, facts)),
    )


def merges(actor: Actor) -> "list[Merge]":
    """The last merges that the actor may still undo."""
    seen = visible_to(actor, "merge", Level.IDENTITY)
    in_time = Q(undo_until=None) | Q(undo_until__gt=clock.today())
    found = Merge.objects.filter(seen, in_time, state__in=(Merge.State.ASKED, Merge.State.DONE))
    return list(found.select_related("kept").order_by("-id")[:LAST])


def candidates(actor: Actor, keys: Iterable[UUID]) -> list["Side"]:
    """Persons whom something may be about (a row of an import), each as the policy shows them: by
    name to who reads their identity, masked to the consortium, not at all otherwise."""
    found = {row.pk: row for row in Person.objects.filter(pk__in=list(keys))}
    circles = load_circles(Person.objects.filter(pk__in=list(found)), clock.now())
    shown = [circle for circle in circles if decide(actor, READ, circle, Level.MASKED)]
    communes = shown_communes([found[circle.key] for circle in shown])
    structures = _structures(actor, [circle.key for circle in shown])
    return [
        _side(actor, found[each.key], each, communes, structures, named=False) for each in shown
    ]


def _named(actor: Actor, facts: PairFacts) -> bool:
    return bool(decide(actor, READ, facts, Level.IDENTITY))


@dataclass(frozen=True)
class Side:
    """One of the two persons of a pair: `name` is empty where only the masked line is shown."""

    key: UUID
    line: MaskedLine
    name: str = ""
    birth_date: date | None = None
    structures: tuple[str, ...] = ()
    readable: bool = False


@dataclass(frozen=True)
class PairLine:
    key: UUID
    reasons: str
    sides: tuple[Side, Side]
    may_tell: bool


def pair_lines(actor: Actor, rows: list[Pair]) -> list[PairLine]:
    """The pairs with both persons, each as the policy shows them; five queries."""
    facts = load_pairs(Pair.objects.filter(pk__in=[r.pk for r in rows]), clock.now())
    return _lines(actor, rows, {each.key: each for each in facts})


def _lines(actor: Actor, rows: list[Pair], known: dict[UUID, PairFacts]) -> list[PairLine]:
    people = Person.objects.in_bulk({key for row in rows for key in (row.person_id, row.other_id)})
    communes = shown_communes(people.values())
    structures = _structures(actor, people)
    found = []
    for row in rows:
        pair = known[row.pk]
        named = _named(actor, pair)
        one, other = (
            _side(actor, people[each.key], each, communes, structures, named=named)
            for each in pair.both
        )
        may = bool(decide(actor, TELL_APART, pair))
        found.append(PairLine(row.pk, in_words(row.reasons), (one, other), may))
    return found


def _side(
    actor: Actor,
    row: Person,
    circle: Circle,
    communes: dict[UUID, str],
    structures: dict[UUID, list[str]],
    *,
    named: bool,
) -> Side:
    year = row.birth_date.year if row.birth_date else None
    known_by = len({follower.organization for follower in circle.followers})
    mark = initials(row.given_name, row.family_name)
    line = MaskedLine(mark, year, communes[row.pk], known_by)
    readable = bool(decide(actor, READ, circle, Level.IDENTITY))
    if not (named or readable):
        return Side(row.pk, line)
    names = tuple(structures.get(row.pk, []))
    return Side(row.pk, line, str(row), row.birth_date, names, readable)


def other_file(actor: Actor, person: Person) -> Pair | None:
    """What the file of a protected person says of the one that may be theirs, to the référent."""
    return met(actor).filter(owner=person).order_by("id").first()


def _structures(actor: Actor, people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The structures that follow each person, but those that are sensitive; one query."""
    rows = active_follow_ups(clock.today()).filter(
        Q(organization__sensitive=False) | Q(organization=actor.organization),
        person__in=list(people),
    )
    found: dict[UUID, list[str]] = defaultdict(list)
    named = rows.order_by("organization__sort_key").values_list("person", "organization__name")
    for person, name in named.distinct():
        found[person].append(name)
    return found
