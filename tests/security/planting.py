"""The corpus in every text column of the demo's database, as if every door had let it in."""

from collections.abc import Iterator
from itertools import cycle

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, Model, TextField
from psycopg import sql

from jalons.access.levels import Level
from tests.security.corpus import CORPUS, Payload

STORABLE = [payload for payload in CORPUS if "\0" not in payload.text]
"""PostgreSQL refuses NUL in a text."""


def plant(owner: "psycopg.Connection[tuple[object, ...]]", kept: str) -> dict[str, int]:
    """Each row of each text column gets a string of its own, when the database takes it.

    A row in whose table a column holds `kept` (the e-mails of those who will sign in) keeps that
    column. Answers, by column, how many rows were planted: 0 where the database refused.
    """
    turn = cycle(STORABLE)
    return {
        f"{model._meta.db_table}.{column.column}": _plant(owner, model, column, turn, kept)
        for model in _models()
        for column in _texts(model)
    }


def _models() -> list[type[Model]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("jalons.")]
    return [model for model in ours if model._meta.managed and hasattr(model, "field_levels")]


def _texts(model: type[Model]) -> Iterator["Field[object, object]"]:
    """The columns of free text that some page may show."""
    levels: dict[str, Level] = model.field_levels  # type: ignore[attr-defined]
    for column in model._meta.concrete_fields:
        text = column.base_field if isinstance(column, ArrayField) else column
        free = isinstance(text, CharField | TextField) and not text.choices
        if free and not column.primary_key and levels.get(column.name) != Level.SECRET:
            yield column


def _plant(
    owner: "psycopg.Connection[tuple[object, ...]]",
    model: type[Model],
    column: "Field[object, object]",
    turn: "cycle[Payload]",
    kept: str,
) -> int:
    """As many rows as there are strings; in one transaction without the triggers of history."""
    table = sql.Identifier(*model._meta.db_table.replace('"', "").split("."))
    key = sql.Identifier(model._meta.pk.column)
    name = sql.Identifier(column.column)
    array = isinstance(column, ArrayField)
    most = (column.base_field if array else column).max_length or 100_000
    query = sql.SQL("SELECT {}, {}::text FROM {} LIMIT {}")
    rows = owner.execute(query.format(key, name, table, sql.Literal(len(STORABLE)))).fetchall()
    planted = 0
    for row_key, value in rows:
        payload = next(each for each in turn if len(each.text) <= most) if _fits(most) else None
        if payload is None or kept in str(value):
            continue
        text: object = [payload.text] if array else payload.text
        planted += _write(owner, table, name, key, (text, row_key))
    return planted


def _fits(most: int) -> bool:
    return any(len(payload.text) <= most for payload in STORABLE)


def _write(
    owner: "psycopg.Connection[tuple[object, ...]]",
    table: sql.Identifier,
    name: sql.Identifier,
    key: sql.Identifier,
    values: tuple[object, object],
) -> int:
    statement = sql.SQL("UPDATE {} SET {} = %s WHERE {} = %s").format(table, name, key)
    try:
        with owner.transaction():
            owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
            owner.execute(statement, values)
            owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
    except (psycopg.errors.IntegrityError, psycopg.errors.DataError):
        return 0
    return 1
