"""Queries that the ORM writes once a process, then asks again with other values.

Django writes its SQL anew each time it is asked, and PostgreSQL plans it anew: both take longer
than the answer of a query that finds a few rows by key. What every request asks is therefore
written once a process, and planned once a connection (`prepare_threshold` in the settings).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models import Func, QuerySet, UUIDField, Value

Row = TypeVar("Row")
Given = UUID | date | int | str | list[UUID]
"""What a prepared query may be asked with: plain values; moments and days count as dates; keys that
the query reads through `among`."""
STEP = 7_919
PLACE = re.compile(r"(%%|%s)")


def among(keys: list[UUID]) -> Func:
    """For `pk__in`: the keys in one value, where Django writes a parameter for each."""
    return Func(Value(keys, ArrayField(UUIDField())), template="(SELECT unnest(%(expressions)s))")


@dataclass(frozen=True)
class Hole:
    """A parameter of the SQL that is the value at `place`, `later` for a date."""

    place: int
    later: timedelta | None = None

    def filled(self, values: tuple[Given | None, ...]) -> Any:
        value: Any = values[self.place]
        return value + self.later if self.later else value


@dataclass(frozen=True)
class Several:
    """A parameter of the SQL that is a list with holes in it."""

    items: tuple[Any, ...]

    def filled(self, values: tuple[Given | None, ...]) -> list[Any]:
        return [filled(each, values) for each in self.items]


def filled(parameter: Any, values: tuple[Given | None, ...]) -> Any:
    """What `parameter` answered, of other values: a constant stays what it is."""
    return parameter.filled(values) if isinstance(parameter, Hole | Several) else parameter


def parameter(
    first: Any,
    second: Any,
    values: tuple[Given | None, ...],
    others: tuple[Given | None, ...],
) -> Any:
    """What one parameter is made of: a constant, a Hole or a Several.

    `first` and `second` are what two writings of one text have at one place, the first for
    `values`, the second for `others`, which differ everywhere. Raises ImproperlyConfigured when it
    is neither one of the values nor a constant.
    """
    if first == second:
        return first
    for place, (value, other_value) in enumerate(zip(values, others, strict=True)):
        if (first, second) == (value, other_value):
            return Hole(place)
        if isinstance(value, date) and isinstance(other_value, date) and type(first) is type(value):
            later = first - value
            if second == other_value + later:
                return Hole(place, later)
    if isinstance(first, list) and isinstance(second, list) and len(first) == len(second):
        pairs = zip(first, second, strict=True)
        return Several(tuple(parameter(one, two, values, others) for one, two in pairs))
    raise ImproperlyConfigured(f"A query makes {first!r} of its values.")


def other(value: Given | None, place: int = 0) -> Any:
    """Another value of this type, unlike any other place's; None stays None."""
    match value:
        case UUID():
            return uuid4()
        case list():
            return [uuid4(), *value[1:]]
        case date():
            return value + timedelta(days=STEP * (place + 1))
        case int():
            return value + STEP * (place + 1)
        case str():
            return f"{value}{STEP * (place + 1)}"
    return None


@dataclass(frozen=True)
class Written:
    """The SQL of a query, its constants in it, and what fills its parameters."""

    queryset: "QuerySet[Any]"
    compiler: Any
    sql: str
    holes: tuple[Hole | Several, ...]

    def asked(self, values: tuple[Given, ...]) -> "QuerySet[Any]":
        """The queryset of these values; its own query hands out a compiler that has written."""
        parameters = tuple(hole.filled(values) for hole in self.holes)

        def get_compiler(using: str, **_: Any) -> Any:
            compiler = copy(self.compiler)
            compiler.connection = connections[using]
            compiler.as_sql = lambda: (self.sql, parameters)
            return compiler

        again = self.queryset.all()
        again.query.get_compiler = get_compiler  # type: ignore[method-assign, assignment]
        return again


class Prepared(Generic[Row]):
    """`build` answers a queryset whose SQL depends on its values through their parameters only.

    It is called twice, with the first values and with others of the same types: what differs
    between both is where the values go.
    """

    def __init__(self, build: "Callable[..., QuerySet[Any, Row]]") -> None:
        self._build = build
        self._known: dict[tuple[type, ...], Written] = {}

    def rows(self, *values: Given) -> list[Row]:
        """One query. Raises ImproperlyConfigured when a parameter is neither value nor constant."""
        types = tuple(map(type, values))
        if types not in self._known:
            self._known[types] = self._written(values)
        asked = self._known[types].asked(values)
        with _planned_once(asked.db):
            return list(asked)

    def _written(self, values: tuple[Given, ...]) -> Written:
        others = tuple(other(value, place) for place, value in enumerate(values))
        queryset = self._build(*values)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        changed, instead = self._build(*others).query.get_compiler(queryset.db).as_sql()
        if changed != sql:
            raise ImproperlyConfigured(f"{self._build} writes another query for other values.")
        pairs = zip(parameters, instead, strict=True)
        found = tuple(parameter(first, second, values, others) for first, second in pairs)
        holes = tuple(each for each in found if isinstance(each, Hole | Several))
        return Written(queryset, compiler, _with_constants(sql, found, queryset.db), holes)


@contextmanager
def _planned_once(alias: str) -> Iterator[None]:
    """The cursors made inside give their values to the server apart from a statement that it keeps,
    where Django's write them into a text that it has to plan."""
    connections[alias].ensure_connection()
    opened: psycopg.Connection[Any] = connections[alias].connection
    usual, opened.cursor_factory = opened.cursor_factory, psycopg.Cursor
    try:
        yield
    finally:
        opened.cursor_factory = usual


def _with_constants(sql: str, parameters: tuple[Any, ...], alias: str) -> str:
    """The SQL, its constants written in it: the server would not know the types of all of them."""
    connections[alias].ensure_connection()
    writer: psycopg.ClientCursor[Any] = psycopg.ClientCursor(connections[alias].connection)
    left = iter(parameters)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%" or isinstance(each := next(left), Hole | Several):
            return found[0]
        return writer.mogrify("%s", [each]).replace("%", "%%")

    return PLACE.sub(written, sql)
