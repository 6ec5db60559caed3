"""The rows that look like somebody known, beside those persons, for their author to settle."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.people.arrivals.rules import Values
from jalons.people.arrivals.words import Words
from jalons.people.matching.words import in_words
from jalons.people.models import Person
from jalons.people.queries import shown_communes

from .differences import as_read, named
from .files.persons.doubts import CONTRADICTING, in_sight
from .models import Import, ImportedRow


def doubtful_rows(found: Import) -> "QuerySet[ImportedRow]":
    """Those that the author may settle, settled or not."""
    rows = ImportedRow.objects.filter(file_import=found).exclude(candidates=[])
    return rows.order_by("number", "id")


@dataclass(frozen=True)
class Doubts:
    """How many rows may be settled, and how many of them are not."""

    rows: int
    waiting: int


def doubts(found: Import) -> Doubts:
    foreseen = list(doubtful_rows(found).values_list("foreseen", flat=True))
    return Doubts(len(foreseen), foreseen.count("ambiguous"))


def likely(row: ImportedRow) -> set[UUID]:
    """The persons whom a row was found to be like."""
    return {UUID(each["person"]) for each in row.candidates}


def may_be(row: ImportedRow) -> set[UUID]:
    """Those of them of whom nothing forbids to say that the row is about them."""
    return {UUID(each["person"]) for each in row.candidates if CONTRADICTING not in each["reasons"]}


@dataclass(frozen=True)
class Likely:
    """`may_be`: no number contradicts it; `chosen`: the author said that it is the one."""

    key: UUID
    row: Person
    commune: str
    reasons: str
    may_be: bool
    chosen: bool


@dataclass(frozen=True)
class DoubtfulRow:
    """What the file says, and whom it is like among those in sight."""

    number: int
    name: str
    birth_date: str
    commune: str
    likely: list[Likely]
    apart: bool


def compared(
    actor: Actor, found: Import, rows: list[ImportedRow]
) -> tuple[list[DoubtfulRow], set[UUID]]:
    """Those of a page of rows, and the persons shown. Raises Erased."""
    read = as_read(found, rows)
    said = {number: one.saying.values for number, one in read.items() if one.saying}
    words = Words.of(said.values())
    sight = in_sight(actor, {key for row in rows for key in likely(row)})
    people = Person.objects.in_bulk(sight)
    communes = shown_communes(people.values())
    lines = [_line(row, said[row.number], words, people, communes) for row in rows]
    return lines, sight


def _line(
    row: ImportedRow,
    values: Values,
    words: Words,
    people: Mapping[UUID, Person],
    communes: Mapping[UUID, str],
) -> DoubtfulRow:
    possible = may_be(row)
    shown = [(UUID(each["person"]), each["reasons"]) for each in row.candidates]
    told = {name: words.said(name, values.get(name, "")) for name in ("birth_date", "commune")}
    return DoubtfulRow(
        row.number,
        named(values),
        **told,
        likely=[
            Likely(
                key,
                people[key],
                communes[key],
                ", ".join(in_words(code) for code in reasons),
                key in possible,
                row.person == key,
            )
            for key, reasons in shown
            if key in people
        ],
        apart=row.foreseen == "created",
    )
