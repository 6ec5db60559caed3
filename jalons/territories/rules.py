"""What the name of an organization tells of its kind; which dated value holds on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Protocol, TypeVar


class Kind(Protocol):
    """An entry of the list of kinds; `keys` are its names, folded."""

    @property
    def code(self) -> str: ...
    @property
    def sensitive(self) -> bool: ...
    @property
    def keys(self) -> tuple[str, ...]: ...


OTHER = "AUTRE"


def kind_in(folded_name: str, kinds: Iterable[Kind]) -> tuple[str, bool]:
    """The code of the kind that a folded name holds, and whether it is sensitive.

    A sensitive kind wins over any other, the longest name over a shorter one: to hide one structure
    too many is repaired in its settings, to show one is not.
    """
    words = f" {folded_name} "
    found = [
        (kind.sensitive, len(key), kind.code)
        for kind in kinds
        for key in (*kind.keys, kind.code.lower().replace("_", " "))
        if f" {key} " in words
    ]
    sensitive, _, code = max(found, default=(False, 0, OTHER))
    return code, sensitive


class Dated(Protocol):
    """A value that counts from a day on, until the day it was withdrawn."""

    @property
    def id(self) -> Any: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def withdrawn_on(self) -> date | None: ...


AnyDated = TypeVar("AnyDated", bound=Dated)


def in_force(rows: Iterable[AnyDated], day: date) -> AnyDated | None:
    """The row that holds on a day: the last to start, then the last recorded; None without any."""
    counting = (row for row in rows if counts(row, day))
    return max(counting, key=lambda row: (row.starts_on, row.recorded_at, row.id), default=None)


def counts(row: Dated, day: date) -> bool:
    return row.starts_on <= day and (row.withdrawn_on is None or day < row.withdrawn_on)


def upcoming(rows: Iterable[AnyDated], day: date) -> AnyDated | None:
    """The next change planned after a day."""
    planned = [row for row in rows if row.starts_on > day and row.withdrawn_on is None]
    first = min((row.starts_on for row in planned), default=None)
    return in_force((row for row in planned if row.starts_on == first), first) if first else None
