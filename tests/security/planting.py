"""The corpus in every text column of the demo's database, as if every door had let it in."""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Field, Model, SlugField, TextField
from psycopg import sql

from jalons.access.levels import Level
from tests.security.corpus import CORPUS

STORABLE = [payload.text for payload in CORPUS if "\0" not in payload.text]
"""PostgreSQL refuses NUL in a text."""
RULED = {
    *("code", "commune", "communes", "departement", "digest", "domain", "domains", "epci", "kind"),
    *("language", "list", "object_kind", "parent", "postcodes", "scope", "search", "version"),
    *("orientation_type", "wished_type", "decided_type"),
    *("word", "client_id", "scopes", "acr_values", "claims", "assured_acr", "assured_amr"),
}
"""Columns that a rule reads: what they say is no text."""
MOST = 400
"""Rows a column, the last ones first."""

Owner = psycopg.Connection[Any]


def plant(owner: Owner, kept: str) -> dict[str, int | None]:
    """Each row of each text column gets a string of its own, where the database takes it.

    What ends with `kept` stays: the e-mails of those who will sign in. Answers how many rows were
    planted, by column; None where a constraint refused.
    """
    planted: dict[str, int | None] = {}
    for model in _models():
        table = sql.Identifier(*model._meta.db_table.replace('"', "").split("."))
        with owner.transaction():
            # The triggers of history ask for events; nothing happened, somebody wrote.
            owner.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
            for column in _texts(model):
                name = f"{model._meta.label}.{column.name}"
                planted[name] = _plant(owner, table, column, len(planted), kept)
            owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
            owner.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
    return planted


def _models() -> list[type[Model]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("jalons.")]
    return [model for model in ours if hasattr(model, "field_levels") and any(_texts(model))]


def _texts(model: Any) -> Iterator["Field[Any, Any]"]:
    """The columns of free text that some page may show."""
    for column in model._meta.concrete_fields:
        text = column.base_field if isinstance(column, ArrayField) else column
        free = isinstance(text, CharField | TextField) and not text.choices
        free = free and not isinstance(text, SlugField)  # part of an address
        shown = model.field_levels.get(column.name) not in (None, Level.SECRET)
        if free and shown and not column.primary_key and column.name not in RULED:
            yield column


def _plant(owner: Owner, table: sql.Identifier, column: Any, turn: int, kept: str) -> int | None:
    array = isinstance(column, ArrayField)
    most = (column.base_field if array else column).max_length or 100_000
    texts = [text for text in STORABLE if len(text) <= most]
    if not texts:
        return 0
    texts = texts[turn % len(texts) :] + texts[: turn % len(texts)]
    name, key = column.column, column.model._meta.pk.column
    statement = sql.SQL(
        "UPDATE {table} planted SET {name} = {value} FROM ("
        " SELECT {key} AS key, row_number() OVER (ORDER BY {key} DESC) AS number FROM {table}"
        " WHERE NOT ({name}::text LIKE %s) AND {name}::text <> ALL(%s)"
        " ORDER BY {key} DESC LIMIT {most}"
        ") rows WHERE planted.{key} = rows.key"
    ).format(
        table=table,
        name=sql.Identifier(name),
        key=sql.Identifier(key),
        most=sql.Literal(MOST),
        value=sql.SQL("ARRAY[{}]" if array else "{}").format(
            sql.SQL("(%s::text[])[1 + rows.number %% %s]")
        ),
    )
    # Where a constraint wants some rows empty, those that say something are planted.
    for spared in ([], [""]):
        values = [texts, len(texts), f"%{kept}", spared]
        try:
            with owner.transaction():
                return owner.execute(statement, values).rowcount
        except (psycopg.errors.IntegrityError, psycopg.errors.DataError):
            continue
    return None


def constrained() -> set[str]:
    """The columns of which a constraint says what they hold."""
    return {
        f"{model._meta.label}.{column.name}"
        for model in _models()
        for column in _texts(model)
        if column.unique or any(column.name in str(each) for each in model._meta.constraints)
    }
