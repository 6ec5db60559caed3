"""What is exported: exactly the rows given, and what the reader must know of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.utils import timezone

from jalons.kernel import clock, french_dates

Cell = str | int | Decimal | date | datetime | None
"""A value ready to write: datetimes are naive, in the settings' time zone."""

EXACT = 10**15
"""A spreadsheet keeps 15 digits: a longer integer is written as text."""


class Kind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"

    @property
    def is_number(self) -> bool:
        return self in (Kind.INTEGER, Kind.DECIMAL)


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    kind: Kind = Kind.TEXT


class TooManyRows(ValueError):
    """The format cannot hold that many rows; `limit` is how many it can."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} rows")
        self.limit = limit


@dataclass(frozen=True)
class Sheet:
    """`name` makes the file name: lower-case ASCII words, never a text that somebody typed.

    `rows` are read once, in order, each a mapping by column key. `filters` are label and value of
    each filter in force, `sources` sentences such as the purpose or where the figures come from.
    """

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Mapping[str, object]]
    filters: Sequence[tuple[str, str]] = ()
    sources: Sequence[str] = ()
    territory: str = ""
    made_at: datetime = field(default_factory=clock.now)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.name):
            raise ValueError("The name of a file is made of lower-case ASCII words and hyphens.")

    def read(self, limit: int | None = None) -> "Reading":
        return Reading(self, limit)

    def facts(self, count: int) -> list[tuple[str, str]]:
        """What the file says of itself, `count` being the number of rows written."""
        made = f"{french_dates.long(self.made_at)} à {french_dates.hour(self.made_at)}"
        return [
            ("Titre", self.title),
            *([("Territoire", self.territory)] if self.territory else []),
            ("Export du", made),
            *(("Source", source) for source in self.sources),
            *((f"Filtre : {label}", " ".join(value.split())) for label, value in self.filters),
            *([] if self.filters else [("Filtre", "aucun")]),
            ("Nombre de lignes", str(count)),
        ]


class Reading:
    """The rows of a sheet as typed cells, counted as they pass.

    Raises TooManyRows once `limit` is passed, KeyError on a row that lacks a column, TypeError on a
    value of another kind than its column's.
    """

    def __init__(self, sheet: Sheet, limit: int | None) -> None:
        self.count = 0
        self._sheet = sheet
        self._limit = limit

    def __iter__(self) -> Iterator[list[Cell]]:
        for row in self._sheet.rows:
            if self.count == self._limit:
                raise TooManyRows(self.count)
            self.count += 1
            yield [typed(row[column.key], column.kind) for column in self._sheet.columns]


def typed(value: object, kind: Kind) -> Cell:
    """Raises TypeError when the value is not of the kind; None is of every kind."""
    if value is None:
        return None
    if kind is Kind.TEXT:
        return str(value)
    if kind is Kind.YES_NO and isinstance(value, bool):
        return "oui" if value else "non"
    if kind is Kind.MOMENT and isinstance(value, datetime):
        return timezone.make_naive(value).replace(microsecond=0)
    if kind is Kind.DATE and isinstance(value, date) and not isinstance(value, datetime):
        return value
    if kind.is_number:
        return _number(value, kind)
    raise TypeError(f"{type(value).__name__} in a column of kind {kind}")


def _number(value: object, kind: Kind) -> Cell:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < EXACT else str(value)
    if kind is Kind.DECIMAL and isinstance(value, Decimal | float):
        number = Decimal(str(value))
        if number.is_finite():
            return number
    raise TypeError(f"{value!r} in a column of kind {kind}")
