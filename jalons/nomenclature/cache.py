"""The lists in the memory of each process, read again when a stamp of the database has changed.

The stamp is a fresh UUID at every change, looked at every other second at most: a change is seen
everywhere within that time, and what a rolled-back transaction had shown is forgotten as soon.
Nothing is read before the first question.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from jalons.access.levels import Level
from jalons.kernel.text import fold

from .models import Edition, Term

LOOK_EVERY = 2.0
"""Seconds between two looks at the stamp."""


@dataclass(frozen=True)
class Item:
    """One entry of a list as `models.Term` describes it; `keys` are its names, folded."""

    list: str
    code: str
    territory: int | None
    label: str
    short: str
    also: str
    parent: str
    level: Level
    domain: str
    codes: Mapping[str, str]
    sensitive: bool
    position: int
    valid_from: date | None
    valid_until: date | None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Snapshot:
    stamp: UUID | None
    looked_at: float
    items: Mapping[str, tuple[Item, ...]]


_COLUMNS = [field.name for field in fields(Item) if field.name != "keys"]
_NOTHING = _Snapshot(None, float("-inf"), {})


class _Memory:
    snapshot = _NOTHING


def items(name: str) -> tuple[Item, ...]:
    """Every entry of a list, national then local, whatever its validity; () for an unknown list."""
    return _current().items.get(name, ())


def forget() -> None:
    """The next question reads the database."""
    _Memory.snapshot = _NOTHING


def _current() -> _Snapshot:
    """A snapshot is replaced whole: threads share it without a lock."""
    known, now = _Memory.snapshot, time.monotonic()
    if now - known.looked_at < LOOK_EVERY:
        return known
    stamp = Edition.objects.filter(name="terms").values_list("stamp", flat=True).first()
    unchanged = stamp is not None and stamp == known.stamp
    _Memory.snapshot = _Snapshot(stamp, now, known.items if unchanged else _read())
    return _Memory.snapshot


def _read() -> dict[str, tuple[Item, ...]]:
    found: dict[str, list[Item]] = {}
    order = ("list", "territory", "position", "code", "valid_from")
    for values in Term.objects.order_by(*order).values_list(*_COLUMNS):
        item = _item(dict(zip(_COLUMNS, values, strict=True)))
        found.setdefault(item.list, []).append(item)
    return {name: tuple(sorted(group, key=_rank)) for name, group in found.items()}


def _item(row: dict[str, object]) -> Item:
    names = (str(row["label"]), str(row["short"]), *str(row["also"]).split("|"))
    row["level"] = Level(str(row["level"]))
    return Item(**row, keys=tuple(filter(None, map(fold, names))))  # type: ignore[arg-type]


def _rank(item: Item) -> tuple[bool, int, str]:
    return (item.territory is not None, item.position, item.keys[0])
