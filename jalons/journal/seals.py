"""Seals: every few minutes the settled events are hashed, chained, and told outside the database.

A seal's digest is SHA-256(previous digest ‖ first position ‖ last position ‖ rows), both positions
on 8 bytes big-endian, each row in the canonical writing `LINE` followed by a line feed. PostgreSQL
hashes: a row never travels. The text of these queries comes from here, not from the database.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction

from jalons.kernel import clock

from .models import Seal
from .operations import WRITERS

ALIAS = "whole"
FORM = 1
"""The canonical writing below; a column added to the event needs another one."""
COLUMNS = [
    *("position", "id", "recorded_at", "occurred_at", "territory", "kind"),
    *("account", "mandate", "organization", "person", "object_kind", "object_key"),
    *("cause", "digest", "dimensions"),
]
LINE = f"ROW({', '.join(COLUMNS)})::text"
CHUNK = 10_000
"""Events in a seal, at most."""
START = bytes(32)
"""What the first seal is chained to."""

WRITING = """
SET LOCAL TimeZone TO 'UTC';
SET LOCAL DateStyle TO 'ISO, YMD';
SET LOCAL bytea_output TO 'hex';
SET LOCAL row_security TO off;
SET LOCAL search_path TO pg_catalog, public
"""
DIGESTS = f"""
SELECT found.count, sha256(
    range.previous || int8send(range.first) || int8send(range.last) || found.rows)
FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[])
    WITH ORDINALITY AS range(first, last, previous, rank)
CROSS JOIN LATERAL (
    SELECT count(*) AS count, coalesce(
        string_agg(convert_to(line || E'\\n', 'UTF8'), ''::bytea ORDER BY position, id), ''::bytea
    ) AS rows
    FROM (
        SELECT position, id, {LINE} AS line FROM public.journal_event
        WHERE position BETWEEN range.first AND range.last
    ) AS event
) AS found
ORDER BY range.rank
"""
NEXT = """
SELECT max(position) FROM (
    SELECT position FROM journal_event WHERE position > %s AND position <= %s
    ORDER BY position LIMIT %s
) AS next
"""
WRITING_NOW = """
SELECT virtualtransaction FROM pg_locks
WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND classid = %s AND objid = %s AND objsubid = 2 AND pid <> pg_backend_pid()
"""


@dataclass(frozen=True)
class Range:
    """The positions that a seal covers, both ends included, and the digest before it."""

    first: int
    last: int
    previous: bytes


def seal(*, patience: float = 20, using: str = ALIAS) -> int:
    """Seals every settled event; returns how many seals were made.

    Waits `patience` seconds at most for the transactions that are appending: a long one (an import)
    only puts the seal off to the next run, and nobody ever waits for the seal.
    """
    horizon = _settled(patience, using)
    made = 0
    while horizon and _seal_next(horizon, using):
        made += 1
    return made


def _settled(patience: float, using: str) -> int:
    """The last position below which no event can appear any more, 0 when that is not known yet.

    An event takes the lock before its position: whoever appends below the last visible position
    holds the lock when we look, and whoever has let it go is visible.
    """
    last = _rows(using, "SELECT coalesce(max(position), 0) FROM journal_event")[0][0]
    appending = set(_rows(using, WRITING_NOW, *WRITERS))
    end = time.monotonic() + patience
    while appending := appending & set(_rows(using, WRITING_NOW, *WRITERS)):
        if time.monotonic() > end:
            return 0
        time.sleep(0.05)
    return int(last)


def _rows(using: str, query: str, *parameters: int) -> list[tuple[Any, ...]]:
    with connections[using].cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def _seal_next(horizon: int, using: str) -> bool:
    """Seals the next chunk up to `horizon`; False when there is none. One sealer at a time."""
    with transaction.atomic(using=using):
        _rows(using, "SELECT pg_advisory_xact_lock(%s, %s)::text", WRITERS[0], 2)
        before = Seal.objects.using(using).order_by("-number").first()
        number, previous, sealed = (
            (before.number, bytes(before.digest), before.to_position) if before else (0, START, 0)
        )
        [(last,)] = _rows(using, NEXT, sealed, horizon, CHUNK)
        if last is None:
            return False
        span = Range(sealed + 1, last, previous)
        [(count, digest)] = digests([span], using=using)
        Seal(
            number=number + 1,
            from_position=span.first,
            to_position=span.last,
            count=count,
            form=FORM,
            digest=digest,
            previous=previous,
            sealed_at=clock.now(),
        ).save(using=using, force_insert=True)
    return True


def digests(ranges: Sequence[Range], *, using: str = ALIAS) -> list[tuple[int, bytes]]:
    """For each range, how many events it holds now and their digest."""
    columns = [[getattr(span, name) for span in ranges] for name in ("first", "last", "previous")]
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in WRITING.split(";"):
            cursor.execute(statement)
        cursor.execute(DIGESTS, columns)
        return [(count, bytes(digest)) for count, digest in cursor.fetchall()]


def unsealed(*, using: str = ALIAS) -> int:
    """How many events no seal covers yet."""
    query = (
        "SELECT count(*) FROM journal_event"
        " WHERE position > (SELECT coalesce(max(to_position), 0) FROM journal_seal)"
    )
    return int(_rows(using, query)[0][0])
