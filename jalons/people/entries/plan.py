"""A distribution before it is done: who would go where, and what to know of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.kernel.small_counts import counted, small

from ..circle import Circle, load_circles
from ..models import Entry, Person
from .actions.assign import Assignment
from .actions.distribute import Choice, stamp_of
from .candidates import Professional, Structure
from .queries import Line, lines
from .sharing import Need, share_out

Place = tuple[UUID, UUID | None]
"""A structure, and the professional who would be référent there."""


@dataclass(frozen=True)
class Planned:
    """One entry of the preview; `place` is None when no chosen structure suits it."""

    line: Line
    place: Place | None
    structure: str
    professional: str
    warnings: tuple[str, ...]
    stamp: str

    @property
    def value(self) -> str:
        """What the confirmation sends back: keys and a stamp, nothing of anybody."""
        assert self.place
        structure, account = self.place
        return f"{self.line.key}.{structure}.{account or ''}.{self.stamp}"


@dataclass(frozen=True)
class End:
    """A target with its load before and after; a small load is not told by what it becomes."""

    name: str
    before: int
    after: int

    @property
    def before_shown(self) -> str:
        return counted(self.before)

    @property
    def after_shown(self) -> str:
        if not small(self.before):
            return counted(self.after)
        return f"{self.after - self.before} de plus"


def plan(
    actor: Actor,
    entries: Sequence[Entry],
    structures: Sequence[Structure],
    professionals: Sequence[Professional] = (),
) -> list[Planned]:
    """Shares the entries out among the professionals given, else among the structures.

    Who has a référent already goes to a structure alone; the others take the lightest load.
    """
    circles = _circles(entries)
    loads: dict[Place, int] = {(one.key, None): one.load.followed for one in structures}
    posts: dict[Place, int] = {
        (one.organization, one.key): one.load.referent for one in professionals
    }
    led = {row.pk for row in entries if circles[row.person_id].referent or not posts}
    alone = _shared([row for row in entries if row.pk in led], circles, loads)
    with_a_referent = _shared([row for row in entries if row.pk not in led], circles, posts)
    placed = alone | with_a_referent
    names = {one.key: one.name for one in structures}
    people = {one.key: one.name for one in professionals}
    return [
        _planned(line, row, circles[row.person_id], placed[row.pk], (names, people))
        for line, row in zip(lines(actor, list(entries)), entries, strict=True)
    ]


def _circles(entries: Sequence[Entry]) -> dict[UUID, Circle]:
    persons = Person.objects.filter(pk__in={row.person_id for row in entries})
    return {circle.key: circle for circle in load_circles(persons, clock.now())}


def _shared(
    entries: Sequence[Entry], circles: dict[UUID, Circle], loads: dict[Place, int]
) -> dict[UUID, Place | None]:
    needs = [
        Need(
            row.pk, frozenset(place for place in loads if _objected(circles[row.person_id], place))
        )
        for row in entries
    ]
    return share_out(needs, loads)  # type: ignore[return-value]


def _objected(circle: Circle, place: Place) -> bool:
    return ("", place[0]) in circle.objections


def _planned(
    line: Line,
    row: Entry,
    circle: Circle,
    place: Place | None,
    names: tuple[dict[UUID, str], dict[UUID, str]],
) -> Planned:
    structures, people = names
    warnings = []
    if circle.referent:
        warnings.append("A déjà un référent")
    if row.assigned_to_id:
        warnings.append("Déjà attribuée")
    if any(("", key) in circle.objections for key in structures):
        warnings.append("S’oppose à une structure choisie")
    return Planned(
        line,
        place,
        structures[place[0]] if place else "",
        people[place[1]] if place and place[1] else "",
        tuple(warnings),
        stamp_of(row, circle),
    )


def ends(
    planned: Sequence[Planned],
    structures: Sequence[Structure],
    professionals: Sequence[Professional],
) -> list[End]:
    """The load of each target, before and after: those of the professionals, else structures."""
    if professionals:
        taken = [row.place[1] for row in planned if row.place]
        return [
            End(one.name, one.load.referent, one.load.referent + taken.count(one.key))
            for one in professionals
        ]
    given = [row.place[0] for row in planned if row.place]
    return [
        End(one.name, one.load.followed, one.load.followed + given.count(one.key))
        for one in structures
    ]


def choices_of(values: Sequence[str], orientation_type: str, motive: str) -> list[Choice]:
    """What a confirmation sent. Raises ValueError."""
    return [_choice(value, orientation_type, motive) for value in values]


def _choice(value: str, orientation_type: str, motive: str) -> Choice:
    entry, structure, account, stamp = value.split(".")
    given = Assignment(
        UUID(structure), UUID(account) if account else None, orientation_type, motive
    )
    return Choice(UUID(entry), given, stamp)
