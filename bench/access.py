"""The policy on one person, and who saw what in ten million consultations (security.md, row 12).

The consultations are added to the population's database, over the last year, by PostgreSQL itself:
three pages of a person for a list of twenty.
"""

import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.management import call_command
from django.db import connections

from jalons.access import partitions
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock, row_security
from jalons.people.circle import load_circle
from jalons.people.models import Person
from jalons.territories.actors import actor_of
from jalons.territories.models import Mandate

from . import population
from .measures import emit, percentile, timed
from .synthetic import days
from .synthetic.progress import Progress

PERSONS, QUICK_PERSONS = 25_000, 1_000
CONSULTATIONS, QUICK_CONSULTATIONS = 10_000_000, 200_000
DECISIONS = 200
OWNER = population.ALIAS
BATCH = 250_000
YEAR = timedelta(days=365)
PARENT_INDEXES = """
SELECT indexrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ')
FROM pg_index WHERE indrelid = 'consultations.consultation'::regclass AND NOT indisprimary
ORDER BY 1
"""
READERS = """
CREATE TEMPORARY TABLE reader AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS rank, account_id, id AS mandate, organization_id,
        territory_id
    FROM territories_mandate WHERE role IN ('practitioner', 'manager', 'clerk');
CREATE TEMPORARY TABLE seen AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS rank, id, territory_id FROM people_person;
CREATE TEMPORARY TABLE page AS
    SELECT rank / 20 AS rank, array_agg(id ORDER BY rank) AS listed FROM seen GROUP BY 1;
ANALYZE reader, seen, page
"""
FILL = """
INSERT INTO consultations.consultation (id, at, territory, account, mandate, organization, page,
    act, level, person, listed, reason, refused)
SELECT md5('consultation' || n)::uuid, at, reader.territory_id, account_id, mandate,
    organization_id, CASE WHEN n %% 4 = 0 THEN 'desk:caseload' ELSE 'people:identity' END, 'read',
    'identity', CASE WHEN n %% 4 > 0 THEN seen.id END, CASE WHEN n %% 4 = 0 THEN listed END,
    CASE WHEN n %% 4 = 0 THEN 'list' ELSE 'follows' END, false
FROM (
    SELECT n, %(end)s::timestamptz - interval '1 year' * (1 - n::float8 / %(size)s) AS at,
        (n * 7919) %% %(persons)s AS person
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n
) AS drawn
JOIN seen ON seen.rank = person
JOIN page ON page.rank = person / 20
JOIN reader ON reader.rank = person %% (SELECT count(*) FROM reader)
"""
SOMEBODY = """
SELECT person, account FROM consultations.consultation
WHERE person IS NOT NULL ORDER BY at DESC LIMIT 1
"""


class Paper(io.TextIOBase):
    """Counts the lines that a command prints, and keeps none."""

    lines = 0

    def write(self, text: str) -> int:
        self.lines += text.count("\n")
        return len(text)


def run(*, quick: bool) -> None:
    persons = QUICK_PERSONS if quick else PERSONS
    size = QUICK_CONSULTATIONS if quick else CONSULTATIONS
    population.ensure(persons)
    with clock.travel(days.NOW):
        _decisions(persons)
        _fill(size, persons)
        _commands(size)


def _decisions(persons: int) -> None:
    """Persons taken at regular ranks of the territory, asked by a practitioner and a manager."""
    loads: list[float] = []
    answers: list[float] = []
    for role in ("practitioner", "manager"):
        mandate = Mandate.objects.filter(role=role, ends_on=None).order_by("pk")[0]
        actor = actor_of(mandate.account, mandate)
        with row_security.context(actor.territories, actor.account):
            keys = list(Person.objects.order_by("sort_key", "pk").values_list("pk", flat=True))
            for key in keys[:: max(1, len(keys) // DECISIONS)]:
                loads.append(timed(partial(load_circle, key, days.NOW)))
                circle = load_circle(key, days.NOW)
                assert circle
                answers.append(timed(partial(decide, actor, READ, circle, Level.SHARED)))
    emit("access", "load_circle_p95_ms", percentile(loads, 0.95), "ms", persons)
    emit("access", "decide_p95_ms", percentile(answers, 0.95), "ms", persons)


def _fill(size: int, persons: int) -> None:
    """Adds the consultations unless they are there; past months get their partitions first."""
    with clock.travel(days.NOW - YEAR):
        partitions.ensure_partitions(OWNER)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM consultations.consultation")
        if cursor.fetchone()[0] >= size:
            return
        cursor.execute("TRUNCATE consultations.consultation")
        cursor.execute(PARENT_INDEXES)
        indexes = list(cursor.fetchall())
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        _insert(cursor, size, persons)
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE consultations.consultation")


def _insert(cursor: Any, size: int, persons: int) -> None:
    told = Progress("Consultations inventées", size)
    for statement in READERS.split(";"):
        cursor.execute(statement)
    for first in range(1, size + 1, BATCH):
        last = min(first + BATCH - 1, size)
        values = {"first": first, "last": last, "size": size, "persons": persons}
        cursor.execute(FILL, values | {"end": days.NOW})
        told.reach(last)


def _commands(size: int) -> None:
    """The command over a month for everybody, over the year for one person and one account."""
    year = {"--from": days.TODAY - YEAR, "--until": days.TODAY + timedelta(days=1)}
    month = year | {"--from": days.TODAY - timedelta(days=31)}
    with connections[OWNER].cursor() as cursor:
        cursor.execute(SOMEBODY)
        person, account = cursor.fetchone()
    for name, options in [
        ("month", month),
        ("person", year | {"--person": person}),
        ("account", year | {"--account": account}),
    ]:
        paper = Paper()
        spent = timed(_who_saw(options, paper)) / 1_000
        emit("access", f"who_saw_{name}_s", spent, "s", size)
        emit("access", f"who_saw_{name}_rows", paper.lines - 1, "rows", size)


def _who_saw(options: dict[str, object], paper: Paper) -> Callable[[], object]:
    words = [str(word) for option in options.items() for word in option]
    return lambda: call_command("who_saw", *words, stdout=paper)
