"""What a format of persons is. One module a format; the pipeline around it is the same for all.

A format names its columns, reads a row into a `Saying` (what it says of one person, as attributes
of `people.arrivals.rules`), and says how the person is found and what the rows that speak of the
same one say together. `checking` foresees, `settling` does; neither knows the format.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol

from jalons.people.arrivals.rules import NUMBERS, Flow
from jalons.people.matching.records import Record

from ..cells import Cells
from ..columns import Column

Find = Literal["match", "names", "key"]
"""How the person of a row is found: by matching, which may find nobody and have them created; by
names and birth date; by our own identifier (`Saying.key`)."""
Attributes = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A file being read once: its headers, its rows as texts, and what its reader counted apart.

    `counted` fills while the rows are read: {"dropped": 12}. `as_of` says of a flow who sent it, up
    to which day it goes and when it was made: « caf 2026-10-31 2026-11-05 ».
    """

    headers: list[str]
    rows: Iterator[list[str]]
    counted: dict[str, int] = field(default_factory=dict)
    as_of: str = ""


@dataclass(frozen=True)
class Saying:
    """What a row says of one person: `values` by attribute, without the empty ones."""

    number: int
    values: Attributes
    postal_code: str = ""
    key: str = ""

    def record(self) -> Record:
        """What the matching compares."""
        values = self.values
        return Record(
            number=self.number,
            family_name=values.get("family_name", ""),
            given_name=values.get("given_name", ""),
            birth_name=values.get("birth_name", ""),
            birth_date=born(values),
            phones=tuple(values.get("phone", ())),
            emails=tuple(values.get("email", ())),
            address=values.get("address", ""),
            postal_code=self.postal_code,
            numbers={kind: values[kind] for kind in NUMBERS if kind in values},
        )


def born(values: Mapping[str, Any]) -> date | None:
    said = values.get("birth_date")
    return date.fromisoformat(said) if said else None


@dataclass
class Together:
    """What rows about one person say together, by row: `values`, or the columns that contradict."""

    values: dict[int, Attributes] = field(default_factory=dict)
    conflicts: dict[int, list[str]] = field(default_factory=dict)


class PersonFormat(Protocol):
    @property
    def kind(self) -> str: ...
    @property
    def columns(self) -> tuple[Column, ...]: ...
    @property
    def find(self) -> Find: ...
    @property
    def flow(self) -> Flow: ...
    @property
    def shared_numbers(self) -> frozenset[str]:
        """The kinds of numbers that several persons of a file bear by nature: no warning."""

    def read(self, cells: Cells) -> Saying:
        """What a row says; what is wrong with it is remarked in `cells`: an error leaves it out."""

    def agree(self, sayings: Sequence[Saying]) -> Together:
        """What the rows that speak of one person say together, whatever their order."""

    def column_of(self, attribute: str) -> str:
        """The column of an attribute, for a remark."""


@dataclass
class Foreseen:
    """What becomes of a row: `outcome` of `remarks.OUTCOMES`, whom it speaks of, what changes.

    `first_row` creates the person that this row names again. `candidates`: see `doubts`. Remarks
    are [column, kind, message].
    """

    number: int
    outcome: str
    person: Any = None
    changes: list[str] = field(default_factory=list)
    first_row: int | None = None
    candidates: list[dict[str, Any]] = field(default_factory=list)
    errors: list[list[str]] = field(default_factory=list)
    warnings: list[list[str]] = field(default_factory=list)


def records(sayings: Iterable[Saying]) -> Iterator[Record]:
    return (saying.record() for saying in sayings)
