"""The lists of « Qualité des données » as sheets to export: what the screen shows, in its order."""

from collections.abc import Iterable
from typing import Any

from jalons.access.actor import Actor
from jalons.kernel.exports import Column, Kind, Sheet

from ..pairs.queries import PairLine, Side, pair_lines
from .queries import DUPLICATES, STATUSES, TITLES, PersonLine, person_lines

PERSON = [
    Column("name", "Personne"),
    Column("birth_date", "Date de naissance", Kind.DATE),
    Column("commune", "Commune"),
    Column("referent", "Référent de parcours"),
]
STATUS = Column("statuses", "À confirmer")
SIDE = (
    ("name", "Personne", Kind.TEXT),
    ("birth_date", "Date de naissance", Kind.DATE),
    ("year", "Année de naissance", Kind.INTEGER),
    ("commune", "Commune", Kind.TEXT),
    ("structures", "Structures", Kind.TEXT),
)
PAIR = [
    Column("reasons", "Ce qui se ressemble"),
    *(
        Column(f"{key}_{number}", f"{label} {number}", kind)
        for number in (1, 2)
        for key, label, kind in SIDE
    ),
]


def quality_sheet(actor: Actor, territory: str, name: str, rows: list[Any]) -> Sheet:
    """Every row given, as its reader sees it on screen."""
    columns, cells = PERSON, [_person(line) for line in _lines(actor, name, rows)]
    if name == DUPLICATES:
        columns, cells = PAIR, [_pair(line) for line in pair_lines(actor, rows)]
    elif name == STATUSES:
        columns = [*PERSON, STATUS]
    return Sheet(
        name=f"qualite-{name}",
        title=TITLES[name],
        columns=columns,
        rows=cells,
        filters=[("Liste", TITLES[name])],
        territory=territory,
    )


def _lines(actor: Actor, name: str, rows: list[Any]) -> Iterable[PersonLine]:
    if name == DUPLICATES:
        return []
    return person_lines(actor, rows, statuses=name == STATUSES)


def _person(line: PersonLine) -> dict[str, object]:
    said = ", ".join(status.label for status in line.statuses)
    return vars(line) | {"statuses": said or "Un statut"}


def _pair(line: PairLine) -> dict[str, object]:
    sides = [_side(side, number) for number, side in enumerate(line.sides, start=1)]
    return {"reasons": line.reasons} | sides[0] | sides[1]


def _side(side: Side, number: int) -> dict[str, object]:
    """A masked line has initials, a year, a commune."""
    return {
        f"name_{number}": side.name or side.line.initials,
        f"birth_date_{number}": side.birth_date,
        f"year_{number}": side.line.birth_year,
        f"commune_{number}": side.line.commune,
        f"structures_{number}": ", ".join(side.structures),
    }
