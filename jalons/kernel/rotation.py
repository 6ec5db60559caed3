"""Encrypts again, with the current key, whatever an older one encrypted; beside the traffic.

Small transactions of the owner's role; a row that somebody holds is passed over and found by the
next pass. The values do not change, so neither do the events, their digests and their seals: each
transaction says to the journal's guard that it has its event, and writes none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import connections, transaction
from psycopg import sql

from . import crypto, encrypted
from .encrypted import Column

OWNER = "migrator"
BATCH = 200
BYTES = 16_000_000
"""Of ciphertexts in one transaction, beyond its first row."""
PASSES = 20
_NAME = (
    "substring({field} from 2 for CASE WHEN octet_length({field}) > 0 THEN get_byte({field}, 0)"
    " ELSE 0 END)"
)
_STALE = "octet_length({field}) > 0 AND " + _NAME + " <> {current}"


@dataclass
class Done:
    """What one run did: values encrypted again, and those that no key of the file opens."""

    rewritten: int = 0
    unreadable: list[str] = field(default_factory=list)


def stale(column: Column) -> int:
    """The values of a column that another key than the current one encrypted."""
    query = sql.SQL("SELECT count(*) FROM {table} WHERE " + _STALE)
    with connections[OWNER].cursor() as cursor:
        cursor.execute(query.format(**_names(column)))
        return int(cursor.fetchone()[0])


def rewrite(column: Column, say: Callable[[str], object] = str) -> Done:
    """Until none is left but the unreadable ones, or everything left is held by others."""
    done = Done()
    for _ in range(PASSES):
        unreadable: list[str] = []
        count = 0
        for rewritten, refused in _batches(column):
            count += rewritten
            unreadable += refused
        done.rewritten += count
        done.unreadable = unreadable
        if count:
            say(f"{column.name} : {done.rewritten}")
        if stale(column) <= len(unreadable):
            break
    return done


def opens(column: Column) -> bool:
    """Whether the key file opens the first value of a column; true without any."""
    return not any(_opened(column, row) is None for row in _rows(column, None, 1, only_stale=False))


def _batches(column: Column) -> Iterator[tuple[int, list[str]]]:
    last: Any = None
    while True:
        with transaction.atomic(using=OWNER):
            rows = _rows(column, last, BATCH, only_stale=True)
            if not rows:
                return
            taken = _bounded(rows)
            last = taken[-1][0]
            opened = [(row[0], row[2:], _opened(column, row)) for row in taken]
            _write(
                column, [(key, needs, clear) for key, needs, clear in opened if clear is not None]
            )
        refused = [str(key) for key, _, clear in opened if clear is None]
        yield len(opened) - len(refused), refused


def _bounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    total = 0
    for number, row in enumerate(rows):
        total += len(bytes(row[1]))
        if total > BYTES and number:
            return rows[:number]
    return rows


def _rows(column: Column, after: Any, limit: int, *, only_stale: bool) -> list[tuple[Any, ...]]:
    """Key, ciphertext, what the purpose needs; locked when they are to be written."""
    needs = [sql.Identifier(column.of(name)) for name in column.needs]
    taken = sql.SQL(", ").join([sql.Identifier(column.key), _names(column)["field"], *needs])
    where = _STALE if only_stale else "octet_length({field}) > 0"
    query = sql.SQL("SELECT {taken} FROM {table} WHERE " + where).format(
        taken=taken, **_names(column)
    )
    values: list[Any] = []
    if after is not None:
        query += sql.SQL(" AND {key} > %s").format(key=sql.Identifier(column.key))
        values.append(after)
    query += sql.SQL(" ORDER BY {key} LIMIT %s").format(key=sql.Identifier(column.key))
    if only_stale:
        query += sql.SQL(" FOR NO KEY UPDATE SKIP LOCKED")
    with connections[OWNER].cursor() as cursor:
        cursor.execute(query, [*values, limit])
        return list(cursor.fetchall())


def _opened(column: Column, row: tuple[Any, ...]) -> bytes | None:
    try:
        return crypto.decrypt(bytes(row[1]), column.purpose(*row[2:]))
    except InvalidTag:
        return None


def _write(column: Column, rows: list[tuple[Any, tuple[Any, ...], bytes]]) -> None:
    query = sql.SQL("UPDATE {table} SET {field} = %s WHERE {key} = %s").format(**_names(column))
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT set_config('jalons.event', pg_current_xact_id()::text, true)")
        cursor.executemany(
            query,
            [(crypto.encrypt(clear, column.purpose(*needs)), key) for key, needs, clear in rows],
        )


def _names(column: Column) -> dict[str, sql.Composable]:
    return {
        "table": sql.SQL(column.table) if '"' in column.table else sql.Identifier(column.table),
        "field": sql.Identifier(column.of(column.field)),
        "key": sql.Identifier(column.key),
        "current": sql.Literal(crypto.keyring().current.encode()),
    }


def left() -> dict[str, int]:
    """By column, the values that still need an old key."""
    counts = {column.name: stale(column) for column in encrypted.columns()}
    return {name: count for name, count in counts.items() if count}
