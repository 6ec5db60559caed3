"""Filling tables faster than rows one by one: as the owner, what watches each row set aside."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connections

CONSTRAINTS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s',
              conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conname
"""
INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = ANY(%s::regclass[])
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
ORDER BY indexrelid::regclass::text
"""


TRACED = 10_000
UNTRACED = """
SELECT people_trace(ARRAY(SELECT id FROM people_person WHERE id > %s ORDER BY id LIMIT %s)),
    (SELECT max(id::text) FROM (
        SELECT id FROM people_person WHERE id > %s ORDER BY id LIMIT %s) AS batch)
"""


@contextmanager
def set_aside(tables: Sequence[str], alias: str) -> Iterator[None]:
    """Without foreign keys, secondary indexes and triggers; all are put back, and checked, after.

    An error leaves the tables without them: the database is then made again from nothing.
    """
    names = list(tables)
    with connections[alias].cursor() as cursor:
        # A lost load is made again: no batch waits for the disk.
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(CONSTRAINTS, [names])
        removed = list(cursor.fetchall())
        cursor.execute(INDEXES, [names])
        indexes = list(cursor.fetchall())
        for removal, _ in [*removed, *indexes]:
            cursor.execute(removal)
        for table in names:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, restoration in [*indexes, *removed]:
            cursor.execute(restoration)
        for table in names:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        if "people_person" in names:
            _trace(cursor)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("RESET synchronous_commit")


def _trace(cursor: Any) -> None:
    """What the trigger of persons would have written."""
    last = str(UUID(int=0))
    while last:
        cursor.execute(UNTRACED, [last, TRACED, last, TRACED])
        _, last = cursor.fetchone()


def settle(tables: Sequence[str], alias: str) -> None:
    """What autovacuum would have done by the time a measure is worth something."""
    with connections[alias].cursor() as cursor:
        for table in tables:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
