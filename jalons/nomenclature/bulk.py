"""Many rows at once: COPY into a table of the transaction, then one statement."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, LiteralString

from django.db import connections
from psycopg import sql
from psycopg.types.json import Jsonb

Row = dict[str, Any]


def copy(alias: str, table: str, rows: Iterable[Row]) -> int:
    """Appends rows that all have the columns of the first; returns their number."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return 0
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names(first))
    count = 0
    with connections[alias].cursor() as cursor, cursor.copy(statement) as sink:
        for row in chain([first], rows):
            sink.write_row([_adapted(value) for value in row.values()])
            count += 1
    return count


def merge(
    alias: str,
    table: str,
    rows: Iterable[Row],
    *,
    key: Sequence[str],
    kept: Sequence[str],
    until: date,
    among: LiteralString = "true",
) -> int:
    """Inserts and updates `rows`, closes the others at `until`; returns how many rows changed.

    `kept` are the columns that an update leaves as they are. Only the rows of the table that
    satisfy `among` are closed. Runs inside a transaction.
    """
    columns, target = _stage(alias, table, rows), sql.Identifier(table)
    with connections[alias].cursor() as cursor:
        cursor.execute(_upsert(target, columns, key, kept))
        changed = cursor.rowcount
        cursor.execute(_close(target, key, among), [until])
        changed += cursor.rowcount
        cursor.execute("DROP TABLE incoming")
    return int(changed)


def _stage(alias: str, table: str, rows: Iterable[Row]) -> list[str]:
    rows = list(rows)
    like = sql.SQL("CREATE TEMP TABLE incoming (LIKE {}) ON COMMIT DROP")
    with connections[alias].cursor() as cursor:
        cursor.execute(like.format(sql.Identifier(table)))
    copy(alias, "incoming", rows)
    return list(rows[0])


def _upsert(
    table: sql.Identifier, columns: Sequence[str], key: Sequence[str], kept: Sequence[str]
) -> sql.Composed:
    changing = [column for column in columns if column not in {*key, *kept}]
    return sql.SQL(
        "INSERT INTO {table} AS known ({columns}) SELECT {columns} FROM incoming"
        " ON CONFLICT ({key}) DO UPDATE SET ({changing}) = ROW({new})"
        " WHERE ({old}) IS DISTINCT FROM ({new})"
    ).format(
        table=table,
        columns=_names(columns),
        key=_names(key),
        changing=_names(changing),
        old=_names(changing, "known"),
        new=_names(changing, "excluded"),
    )


def _close(table: sql.Identifier, key: Sequence[str], among: LiteralString) -> sql.Composed:
    """An entry that was to begin later than `until` is closed after one day.

    Keys are compared by a plain equality, which hashes: IS NOT DISTINCT FROM compares every pair.
    """
    same = sql.SQL(" AND ").join(
        sql.SQL("coalesce(incoming.{0}::text, '') = coalesce(known.{0}::text, '')").format(
            sql.Identifier(column)
        )
        for column in key
    )
    return sql.SQL(
        "UPDATE {table} known SET valid_until = greatest(%s, valid_from + 1)"
        " WHERE valid_until IS NULL AND {among}"
        " AND NOT EXISTS (SELECT FROM incoming WHERE {same})"
    ).format(table=table, among=sql.SQL(among), same=same)


def _names(columns: Iterable[str], table: str = "") -> sql.Composed:
    prefix = (table,) if table else ()
    return sql.SQL(", ").join(sql.Identifier(*prefix, column) for column in columns)


def _adapted(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value
