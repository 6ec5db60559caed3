"""Pages by key: the next page starts after the last row shown, so its depth costs nothing.

A cursor holds a direction, the id of the boundary row, the number of rows before it and the number
of rows in all, signed. The sort key is read again from that row: a name never travels in a URL.
"""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import BooleanField, Count, F, Field, Func, Model, QuerySet, Value, Window
from django.db.models.expressions import Combinable

from .typography import NARROW

M = TypeVar("M", bound=Model)

COUNTED = 10_000
"""Rows are counted up to this number, then said to be more."""


@dataclass(frozen=True)
class Page(Generic[M]):
    """`first` and `last` are ranks from 1 (0 when empty); `total` stops at `COUNTED` + 1.

    Both follow the reader's steps: rows added meanwhile shift no rank, and are counted when the
    reader comes back to the top.
    """

    items: list[M]
    first: int
    total: int
    next: str | None
    previous: str | None

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1 if self.items else 0

    @property
    def label(self) -> str:
        """« 1 à 20 sur 58 », « 21 à 40 sur plus de 10 000 »."""
        ranks = _grouped(self.first)
        if self.last > self.first:
            ranks += f" à {_grouped(self.last)}"
        return f"{ranks} sur {self.total_label}"

    @property
    def total_label(self) -> str:
        """« 58 », « plus de 10 000 »."""
        return _grouped(self.total) if self.total <= COUNTED else f"plus de {_grouped(COUNTED)}"


@dataclass(frozen=True)
class _Edge:
    """A page starts after (`forward`) or before the row `id`; `rank` rows precede the edge.

    `total` is what was counted at the top of the list.
    """

    forward: bool
    id: str
    rank: int
    total: int


_TOP = _Edge(forward=True, id="", rank=0, total=0)


def keyset_page(
    queryset: QuerySet[M],
    fields: Sequence[str],
    size: int = 20,
    cursor: str | None = None,
    *,
    keys_first: bool = False,
) -> Page[M]:
    """A page of `queryset` in the order of `fields`, in two queries (one when it holds them all).

    `fields` are columns of the model that are never null (or paths to such columns), all ascending
    or all descending (« -name »), the last one the primary key, as in the index that serves them.
    Raises ValueError on others. A cursor that is forged, foreign to this list, or whose row is gone
    leads to the first page.

    `keys_first` is for a list whose condition costs more than its rows: asked once, for the keys
    and their number, which an index holds; the page's rows are read by key, as the model has them.
    """
    _check(queryset.model, fields)
    salt = f"keyset {queryset.model.__qualname__} {' '.join(fields)}"
    edge = _read(cursor, salt) or _TOP
    key = _key(queryset, fields, edge)
    if key is None:
        edge = _TOP
    beside = _beside(queryset, fields, key, forward=edge.forward)
    items, total = (_by_key if keys_first else _whole)(beside, size, counts=edge == _TOP)
    if key and not items:
        return keyset_page(queryset, fields, size, keys_first=keys_first)
    more, shown = len(items) > size, items[:size]
    total = min(total, COUNTED + 1) if edge == _TOP else edge.total
    return _page(shown if edge.forward else shown[::-1], edge, salt, total, more=more)


def _whole(beside: QuerySet[M], size: int, *, counts: bool) -> tuple[list[M], int]:
    """The rows of a page and one more, and how many there are if that `counts`."""
    items = list(beside[: size + 1])
    if counts and len(items) > size:
        return items, beside.order_by()[: COUNTED + 1].count()
    return items, len(items)


def _by_key(beside: QuerySet[M], size: int, *, counts: bool) -> tuple[list[M], int]:
    """Like `_whole`, in one query for the keys and one for the rows."""
    number = Window(Count("*")) if counts else Value(0)
    found = list(beside.annotate(in_all=number).values_list("pk", "in_all")[: size + 1])
    rows: QuerySet[M] = QuerySet(beside.model, using=beside.db)
    known = rows.in_bulk([key for key, _ in found])
    items = [known[key] for key, _ in found if key in known]
    return items, found[0][1] if found else 0


def _page(items: list[M], edge: _Edge, salt: str, total: int, *, more: bool) -> Page[M]:
    if edge.forward:
        before, above, below = edge.rank, edge != _TOP, more
    else:
        before, above, below = max(edge.rank - len(items), 0) if more else 0, more, True
    after = before + len(items)
    total = max(total, after)
    return Page(
        items,
        first=before + 1 if items else 0,
        total=total,
        next=_write(_Edge(True, str(items[-1].pk), after, total), salt) if below else None,
        previous=_write(_Edge(False, str(items[0].pk), before, total), salt) if above else None,
    )


def _beside(
    queryset: QuerySet[M], fields: Sequence[str], key: Sequence[Any] | None, *, forward: bool
) -> QuerySet[M]:
    """The rows on one side of the key, from the nearest."""
    rows = queryset.order_by(*fields)
    if key is not None:
        rows = rows.filter(_beyond(fields, key, forward=forward))
    return rows if forward else rows.reverse()


def _beyond(fields: Sequence[str], key: Sequence[Any], *, forward: bool) -> Func:
    """`ROW(a, b) > ROW(x, y)`: one range of the index, unlike `a > x OR (a = x AND b > y)`."""
    ascending = not fields[0].startswith("-")
    return Func(
        _row(F(name) for name in _names(fields)),
        _row(Value(value) for value in key),
        template="%(expressions)s",
        arg_joiner=" > " if ascending == forward else " < ",
        output_field=BooleanField(),
    )


def _row(values: Iterable[Combinable]) -> Func:
    return Func(*values, function="ROW", output_field=Field())


def _key(queryset: QuerySet[M], fields: Sequence[str], edge: _Edge) -> tuple[Any, ...] | None:
    """The boundary row's values, even if it left the list's filter since."""
    if edge == _TOP:
        return None
    rows: QuerySet[M] = QuerySet(queryset.model, using=queryset.db)
    return rows.filter(pk=edge.id).values_list(*_names(fields)).first()


def _check(model: type[M], fields: Sequence[str]) -> None:
    names = _names(fields)
    meta = model._meta  # noqa: SLF001 (documented by Django)
    if names[-1] != meta.pk.name:
        raise ValueError("The last field must be the primary key, for a total order.")
    if len({name.startswith("-") for name in fields}) > 1:
        raise ValueError("The fields must all go the same way: a row comparison has one direction.")
    if any(meta.get_field(name).null for name in names if "__" not in name):
        raise ValueError("A null key compares with nothing: its rows would be skipped.")


def _names(fields: Sequence[str]) -> list[str]:
    return [name.removeprefix("-") for name in fields]


def _write(edge: _Edge, salt: str) -> str:
    return signing.Signer(salt=salt).sign_object(list(astuple(edge)))


def _read(cursor: str | None, salt: str) -> _Edge | None:
    if not cursor:
        return None
    try:
        return _Edge(*signing.Signer(salt=salt).unsign_object(cursor))
    except signing.BadSignature:
        return None


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", NARROW)
