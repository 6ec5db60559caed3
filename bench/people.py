"""The front door on a territory of a million persons; the first page of lists of persons.

`front_door_p95_ms` is the time spent in the database by one search and its answer: names as known,
misspelt, with day and month exchanged, born on a 1 January, unknown to all, and phone numbers.
`caseload_p95_ms` is the whole server time of the first page, for the roles that have a caseload,
then of all of them. `--persons=2100000 --events=0` is the largest size: it takes minutes to make.
`quality_*_p95_ms` is that of each list of « Qualité des données » for a coordinator, `compare_s`
the comparison of every file of a territory with every other.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from random import Random
from typing import Any

from django.db import connection, connections, transaction
from django.urls import reverse

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.config import databases, wsgi
from jalons.kernel import clock, row_security
from jalons.people import contacts
from jalons.people.front_door import queries
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.typed import Typed
from jalons.people.names import indexed
from jalons.people.quality.actions.compare import compare_files
from jalons.people.quality.queries import TITLES
from jalons.territories.actors import actor_of
from jalons.territories.models import Mandate

from . import population
from .list import CASELOADS, SIZE, Reader
from .measures import emit, percentile, timed
from .synthetic import days, loading, names
from .synthetic.progress import Progress

CROWD, QUICK_CROWD = 1_000_000, 50_000
QUICK_SIZE = 5_000
SEARCHES, PAGES, WARM_UP = 300, 60, 5
BATCH = 20_000
FICTION = 100
PERSON = """COPY people_person (id, recorded_at, territory_id, family_name, birth_name, given_name,
    birth_date, commune, epci, language, channel, protected, hidden_address, discreet_contact,
    sort_key, names) FROM STDIN"""
CONTACT = """COPY people_contact (id, recorded_at, territory_id, person_id, kind, level, domain,
    cipher, digest, safe, starts_on) FROM STDIN"""
TABLES = ["people_person", "people_contact"]
TRACED = ["people_persontraits", "people_personkey"]
"""What the database writes of each person."""


def run(*, quick: bool, persons: int | None = None, events: int | None = None) -> None:
    usual = QUICK_SIZE if quick else SIZE
    size = persons or usual
    with clock.travel(days.NOW):
        _caseload(size, events)
        _quality(size)
        _front_door(min(size, usual), QUICK_CROWD if quick else CROWD)


def _caseload(size: int, events: int | None) -> None:
    population.ensure(size, events)
    wsgi.settle()
    spent: list[float] = []
    for role in CASELOADS:
        reader = Reader(role)
        times = [timed(reader.first) for _ in range(WARM_UP + PAGES)][WARM_UP:]
        emit("people", f"caseload_{role}_p95_ms", percentile(times, 0.95), "ms", size)
        spent += times
    emit("people", "caseload_p95_ms", percentile(spent, 0.95), "ms", size)


def _quality(size: int) -> None:
    reader = Reader("coordinator")
    territory = Mandate.objects.filter(role=Role.COORDINATOR).values_list("territory", flat=True)[0]
    assert territory
    with row_security.context([territory]):
        spent = timed(partial(compare_files, territory))
    emit("people", "compare_s", spent / 1_000, "s", size)
    for name in TITLES:
        address = f"{reverse('people:quality')}?liste={name}"
        times = [timed(partial(reader.read, address)) for _ in range(WARM_UP + PAGES)][WARM_UP:]
        emit("people", f"quality_{name}_p95_ms", percentile(times, 0.95), "ms", size)


def _front_door(size: int, crowd: int) -> None:
    name = f"bench_crowd_{crowd}"
    databases.keep(name, population.stamp(), partial(populate_crowd, size, crowd))
    actor = _clerk()
    rng = Random(f"search {crowd}")
    asked = list(_asked(rng))
    for typed in asked[:WARM_UP]:
        _search(actor, typed)
    spent = [_search(actor, typed) for typed in asked]
    emit("people", "front_door_median_ms", percentile(spent, 0.5), "ms", crowd)
    emit("people", "front_door_p95_ms", percentile(spent, 0.95), "ms", crowd)


def _search(actor: Actor, typed: Typed) -> float:
    """Milliseconds spent in the database; the search itself is taken back."""
    watch = Stopwatch()
    with transaction.atomic():
        with (
            row_security.context(actor.territories, actor.account),
            connection.execute_wrapper(watch),
        ):
            queries.answers(actor, search(actor, typed))
        transaction.set_rollback(True)
    return watch.spent


class Stopwatch:
    """Adds up what the statements of a block take."""

    def __init__(self) -> None:
        self.spent = 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.spent += (time.perf_counter() - start) * 1_000


def _clerk() -> Actor:
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM territories_mandate WHERE role = %s AND ends_on IS NULL"
            " ORDER BY id LIMIT 1",
            [Role.CLERK],
        )
        key = cursor.fetchone()[0]
    mandate = Mandate.objects.select_related("account").get(pk=key)
    return actor_of(mandate.account, mandate)


def _asked(rng: Random) -> Iterator[Typed]:
    """Searches of all kinds, drawn from the persons there are."""
    with connections["migrator"].cursor() as cursor:
        cursor.execute(
            "SELECT family_name, given_name, birth_date FROM people_person TABLESAMPLE SYSTEM (5)"
            " WHERE birth_date IS NOT NULL LIMIT 5000"
        )
        known = rng.sample(list(cursor.fetchall()), SEARCHES)
    for rank, (family, given, born) in enumerate(known):
        yield _typed(rank, family, given, born)


def _typed(rank: int, family: str, given: str, born: date) -> Typed:
    swapped = born.replace(day=born.month, month=born.day) if born.day <= 12 else born
    kinds = [
        Typed(family.upper(), given, born),
        Typed(family[:-2] + family[-1:] + family[-2:-1], given, born),
        Typed(given, family, swapped),
        Typed(family, given, born.replace(day=1, month=1)),
        Typed("Introuvable", given, born),
        Typed(number=f"06399800{rank % FICTION:02}"),
    ]
    return kinds[rank % len(kinds)]


def populate_crowd(size: int, crowd: int) -> None:
    """The usual population, then a crowd beside it in its territory, a third with a phone."""
    population.populate(size, events=0)
    rng, told = Random(f"crowd {crowd}"), Progress("Foule inventée", crowd)
    with loading.set_aside(TABLES, population.ALIAS):
        done = size
        while done < crowd:
            number = min(BATCH, crowd - done)
            _load(rng, number)
            done += number
            told.reach(done)
    loading.settle([*TABLES, *TRACED], population.ALIAS)


def _load(rng: Random, number: int) -> None:
    with connections[population.ALIAS].cursor() as cursor:
        cursor.execute("SELECT id FROM territories_territory ORDER BY id LIMIT 1")
        territory = cursor.fetchone()[0]
        keys = [f"{rng.getrandbits(128):032x}" for _ in range(number)]
        with cursor.copy(PERSON) as copy:
            for key in keys:
                copy.write_row(_person(rng, key, territory))
        with cursor.copy(CONTACT) as copy:
            for key in keys[::3]:
                copy.write_row(_phone(rng, key, territory))


def _person(rng: Random, key: str, territory: int) -> tuple[Any, ...]:
    family = names.family(rng)
    given = names.drawer(("female", "male")[rng.getrandbits(1)]).draw(rng.random())
    return (
        *(key, days.NOW, territory, family.written, "", given.written),
        *(_birth(rng), "90010", "200069052", "fra", "", False, False, False),
        *(f"{family.folded} {given.folded}", indexed(family.written, given.written)),
    )


def _birth(rng: Random) -> date | None:
    """Four in a hundred are a 1 January, one in two hundred is unknown."""
    chance, year = rng.random(), 1955 + rng.randrange(55)
    if chance < 0.005:
        return None
    if chance < 0.045:
        return date(year, 1, 1)
    return date(year, 1 + rng.randrange(12), 1 + rng.randrange(28))


def _phone(rng: Random, key: str, territory: int) -> tuple[Any, ...]:
    """One of a hundred thousand numbers; a hundred of them can be searched."""
    number = rng.randrange(100_000)
    digest = _digests()[number] if number < FICTION else number.to_bytes(32)
    return (
        *(f"{rng.getrandbits(128):032x}", days.NOW, territory, key, "phone", "identity", ""),
        *(b"x", digest, False, days.NOW.date()),
    )


@cache
def _digests() -> list[bytes]:
    """Of the numbers kept for fiction."""
    return [contacts.digest("phone", f"06399800{number:02}") for number in range(FICTION)]
