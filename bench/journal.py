"""The journal at size: how long sealing, verifying, appending and reading a timeline take.

Works on a database of events alone, `bench_events_<size>`, made by PostgreSQL itself as the owner:
always the same rows, forty events a person, twenty-five thousand persons a territory. Each run
seals and verifies everything again.
"""

import hashlib
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import connections

from bench.synthetic import loading
from bench.synthetic.progress import Progress
from jalons.config import databases
from jalons.journal import events, export, queries, seals
from jalons.journal.kinds import Kind
from jalons.journal.verification import verify
from jalons.kernel import row_security

OWNER = "migrator"
FULL, QUICK = 10_000_000, 300_000
BATCH = 250_000
SAMPLES = 300
MIGRATION = Path(__file__).parents[1] / "jalons" / "journal" / "migrations" / "0001_initial.py"
KIND = Kind("bench.measured", "Mesure")

# Each event n is one of a person drawn by a multiplication, at a time that grows with n.
EVENTS = """
INSERT INTO journal_event (id, recorded_at, position, occurred_at, account, mandate, organization,
    person, object_key, territory, kind, object_kind, dimensions, digest)
SELECT
    (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(noise, 1, 3)
        || '8' || substr(noise, 4, 15))::uuid,
    at, n, at - interval '1 hour' * (n %% 7),
    md5('account' || person %% 2000)::uuid, md5('mandate' || person %% 2000)::uuid,
    md5('organization' || person %% 200)::uuid, md5('person' || person)::uuid, noise::uuid,
    1 + person / 25000,
    (ARRAY['people.follow_up_started', 'people.entry_received', 'people.status_recorded',
        'bench.measured', 'people.entry_met'])[1 + n %% 5],
    (ARRAY['follow_up', 'entry', 'status', '', 'entry'])[1 + n %% 5],
    jsonb_build_object('epci', (200000000 + person %% 40)::text, 'phase', 'action',
        'publics', jsonb_build_array('brsa')),
    CASE WHEN n %% 2 = 0 THEN sha256(noise::bytea) END
FROM (
    SELECT n, (n * 7919) %% greatest(%(size)s / 40, 1) AS person, md5(n::text) AS noise,
        timestamptz '2023-01-01' + interval '3 years' * (n::float8 / %(size)s) AS at
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
) AS drawn
"""
SIZES = """
SELECT pg_relation_size('journal_event'), pg_indexes_size('journal_event'),
    (SELECT count(*) FROM journal_event)
"""


def run(*, quick: bool) -> None:
    """Prints one line of JSON a measure. Raises AssertionError if an honest journal is accused."""
    size = QUICK if quick else FULL
    stamp = hashlib.sha256(MIGRATION.read_bytes() + EVENTS.encode()).hexdigest()
    databases.keep(f"bench_events_{size}", stamp, lambda: load(size))
    events.register(KIND)
    measured = measure(size)
    for metric, value in measured.items():
        line = {"bench": "journal", "metric": metric, "value": round(value, 3), "size": size}
        print(json.dumps(line | {"unit": metric.rsplit("_", 1)[-1]}), flush=True)


def load(size: int) -> None:
    """Fills an empty journal, its indexes and triggers set aside meanwhile."""
    with loading.set_aside(["journal_event"], OWNER):
        fill(size)
    loading.settle(["journal_event"], OWNER)


def fill(size: int) -> None:
    """Appends the invented events 1 to `size`, as the owner."""
    told = Progress("Événements inventés", size)
    with connections[OWNER].cursor() as cursor:
        for first in range(1, size + 1, BATCH):
            last = min(first + BATCH - 1, size)
            cursor.execute(EVENTS, {"size": size, "first": first, "last": last})
            told.reach(last)
        cursor.execute("SELECT setval('journal_event_position', %s)", [size])


def measure(size: int) -> dict[str, float]:
    with connections[OWNER].cursor() as cursor:
        cursor.execute("TRUNCATE journal_seal")
    measured = _stored()
    measured["seal_s"] = _timed(seals.seal)
    with tempfile.TemporaryDirectory() as folder:
        measured["verify_s"] = _timed(lambda: _verify(Path(folder) / "seals", size))
    measured |= _quantiles("append", _append)
    measured |= _quantiles("timeline", lambda number: _timeline(number, size))
    return measured


def _stored() -> dict[str, float]:
    with connections["whole"].cursor() as cursor:
        cursor.execute(SIZES)
        heap, indexes, count = cursor.fetchone()
    return {"heap_per_event_bytes": heap / count, "indexes_per_event_bytes": indexes / count}


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _verify(file: Path, size: int) -> None:
    export.export(file)
    told = Progress("Événements vérifiés", size)
    findings = list(verify(export.lines_after(0), export.read(file), told.reach))
    if findings:
        raise AssertionError(findings[0])


def _quantiles(name: str, work: Callable[[int], object]) -> dict[str, float]:
    spent = [1000 * _timed(partial(work, number)) for number in range(SAMPLES)]
    return {
        f"{name}_median_ms": statistics.median(spent),
        f"{name}_p95_ms": statistics.quantiles(spent, n=20)[-1],
    }


def _append(number: int) -> None:
    """One act of the application: its transaction, its event, its payload, its commit."""
    with row_security.context([1]):
        events.append(KIND.code, territory=1, payload={"number": number})


def _timeline(number: int, size: int) -> None:
    person = number * 101 % max(size // 40, 1)
    key = UUID(hashlib.md5(f"person{person}".encode(), usedforsecurity=False).hexdigest())
    territory = 1 + person // 25_000
    with row_security.context([territory]):
        found = queries.timeline(key, territory, limit=20)
    if not found.lines:
        raise AssertionError(f"person {person} has no event")
