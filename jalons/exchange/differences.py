"""What the rows of a file of persons would change: of each attribute, the value known and the new.

What is known shows to readers of the person's identity only; to others, what they sent shows alone.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.kernel.prepared import among
from jalons.people.arrivals.rules import ENTRY, LABELS, Values
from jalons.people.arrivals.words import Words, known_values
from jalons.people.models import Person

from .files.persons.blocks import SIZE, Read
from .kept_blocks import KeptBlocks
from .models import Import, ImportedRow

NOBODY = UUID(int=0)
ANNOUNCED = "Votre structure l’annonce\u00a0; son référent répondra."


@dataclass(frozen=True)
class Difference:
    """`shared`: whether the reader may see what is known, empty or not."""

    label: str
    before: str
    after: str
    shared: bool


@dataclass(frozen=True)
class RowDifferences:
    """`name` is that of the file."""

    number: int
    name: str
    items: list[Difference] = field(default_factory=list)


def changing_rows(found: Import) -> "QuerySet[ImportedRow]":
    rows = ImportedRow.objects.filter(file_import=found, foreseen="updated")
    return rows.order_by("number", "id")


def differences(
    actor: Actor, found: Import, rows: list[ImportedRow]
) -> tuple[list[RowDifferences], set[UUID]]:
    """Those of a page of rows, and the persons of whom something known is shown. Raises Erased."""
    read = as_read(found, rows)
    words = Words.of(saying.values for row in read.values() if (saying := row.saying))
    persons = [row.person for row in rows if row.person]
    seen = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY))
    sight = set(seen.filter(pk__in=among(persons)).values_list("pk", flat=True))
    known = known_values(sight) if sight else {}
    return [
        _of(row, read[row.number], words, known.get(row.person or NOBODY)) for row in rows
    ], sight


def _of(row: ImportedRow, read: Read, words: Words, known: dict[str, str] | None) -> RowDifferences:
    assert read.saying
    values = read.saying.values
    name = named(values)
    items = [
        Difference(
            LABELS[each],
            (known or {}).get(each, ""),
            ANNOUNCED if each == ENTRY else words.said(each, values.get(each, "")),
            known is not None and each in known,
        )
        for each in row.changes
    ]
    return RowDifferences(row.number, name, items)


def named(values: Values) -> str:
    return f"{values.get('given_name', '')} {values.get('family_name', '')}".strip()


def as_read(found: Import, rows: list[ImportedRow]) -> dict[int, Read]:
    """What these rows say, by number. Raises Erased."""
    blocks = KeptBlocks(found)
    positions = {(row.number - 1) // SIZE for row in rows}
    kept = (one for position in sorted(positions) for one in blocks.read(position))
    wanted = {row.number for row in rows}
    return {one.number: one for one in kept if one.number in wanted}
