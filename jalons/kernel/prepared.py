"""Queries that the ORM writes once a process, then asks again with other values.

Django writes its SQL anew each time it is asked, which takes longer than the answer of a query that
finds a few rows by key. What every request asks is therefore written once.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.core.exceptions import ImproperlyConfigured
from django.db import connections
from django.db.models import QuerySet

Row = TypeVar("Row")
Given = UUID | date | int | str
"""What a prepared query may be asked with: plain values; moments and days count as dates."""
STEP = 7_919


@dataclass(frozen=True)
class Hole:
    """A parameter of the SQL that is the value at `place`, `later` for a date."""

    place: int
    later: timedelta | None = None

    def filled(self, values: tuple[Given, ...]) -> Any:
        value: Any = values[self.place]
        return value + self.later if self.later else value


@dataclass(frozen=True)
class Written:
    """The SQL of a query, and what makes its parameters: constants and holes."""

    queryset: "QuerySet[Any]"
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]

    def asked(self, values: tuple[Given, ...]) -> "QuerySet[Any]":
        """The queryset of these values; its own query hands out a compiler that has written."""
        parameters = tuple(
            each.filled(values) if isinstance(each, Hole) else each for each in self.parameters
        )

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
        return list(self._known[types].asked(values))

    def _written(self, values: tuple[Given, ...]) -> Written:
        others = tuple(_other(value, place) for place, value in enumerate(values))
        queryset = self._build(*values)
        compiler = queryset.query.get_compiler(queryset.db)
        sql, parameters = compiler.as_sql()
        changed, instead = self._build(*others).query.get_compiler(queryset.db).as_sql()
        if changed != sql:
            raise ImproperlyConfigured(f"{self._build} writes another query for other values.")
        pairs = zip(parameters, instead, strict=True)
        found = tuple(
            first if first == second else self._hole(first, second, values, others)
            for first, second in pairs
        )
        return Written(queryset, compiler, sql, found)

    def _hole(
        self, first: Any, second: Any, values: tuple[Given, ...], others: tuple[Given, ...]
    ) -> Hole:
        for place, (value, other) in enumerate(zip(values, others, strict=True)):
            if (first, second) == (value, other):
                return Hole(place)
            if isinstance(value, date) and isinstance(other, date) and type(first) is type(value):
                later = first - value
                if second == other + later:
                    return Hole(place, later)
        raise ImproperlyConfigured(f"{self._build} makes {first!r} of its values.")


def _other(value: Given, place: int) -> Given:
    """Another value of this type, unlike any other place's."""
    match value:
        case UUID():
            return uuid4()
        case date():
            return value + timedelta(days=STEP * (place + 1))
        case int():
            return value + STEP * (place + 1)
        case str():
            return f"{value}{STEP * (place + 1)}"
