"""The synthetic population of the measures: any size, always the same, loaded by COPY.

`ensure(size)` leads this process to the database `bench_<size>`, made if it is missing or was made
by other migrations, another generator or other keys; `bench_<size>_<events>` when so many events a
person are asked for: with none, 100,000 persons take a minute, and no list reads the journal. The
same size gives the same rows, but for the ciphers, whose nonces are random. All is invented; files
live from `days.FIRST` to `days.NOW`.
"""

import hashlib
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from random import Random

from django.db import connections

from jalons.config import databases
from jalons.kernel import clock
from jalons.kernel.crypto import keyed_hash

from .measures import emit, timed
from .synthetic import days, loading
from .synthetic.circles import Circles
from .synthetic.happenings import Happenings
from .synthetic.persons import Births
from .synthetic.places import Place, places
from .synthetic.progress import Progress
from .synthetic.staff import Recruiter, Staff
from .synthetic.statuses import Situations, terms
from .synthetic.tables import COLUMNS, Rows

VERSION = 2
"""To increase when the rows of a size change: kept databases are then made again."""
ALIAS = "migrator"
LARGEST_TERRITORY = 1_000_000
TERRITORY = 25_000
"""Persons of a territory once there are several."""
BATCH = 2_000
MIGRATIONS = Path(__file__).parents[1] / "jalons"


def territories(size: int) -> list[int]:
    """How many persons each territory has: one territory up to a million persons, else many."""
    if size <= LARGEST_TERRITORY:
        return [size]
    whole, rest = divmod(size, TERRITORY)
    return [TERRITORY] * whole + ([rest] if rest else [])


def events_of(size: int) -> int:
    """Events a person by default: forty, twenty in the largest populations."""
    return 40 if size <= TERRITORY else 20


def ensure(size: int, events: int | None = None) -> str:
    """Leads this process's connections to the database of this size, and answers its name."""
    name = f"bench_{size}" if events is None else f"bench_{size}_{events}"
    with clock.travel(days.NOW):
        databases.keep(name, stamp(), lambda: populate(size, events))
    return name


def populate(size: int, events: int | None = None) -> None:
    """Fills the empty prepared database of the present connections."""
    tables = list(COLUMNS)
    with loading.set_aside(tables, ALIAS):
        generator = Generator(size, events_of(size) if events is None else events)
        generator.people()
        generator.journal()
    loading.settle([*tables, "people_persontraits", "people_personkey"], ALIAS)


def stamp() -> str:
    digest = hashlib.sha256(f"{VERSION}".encode() + keyed_hash("population", "bench"))
    for file in sorted(MIGRATIONS.glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


class Generator:
    """Writes one population; `events` is a number a person: 0 for no journal at all."""

    def __init__(self, size: int, events: int) -> None:
        self._size, self._events = size, events
        self._rng = Random(f"{VERSION} {size}")
        self._rows = Rows(ALIAS)
        self._happenings = Happenings(self._rows, self._rng, kept=events > 0)
        self._recruiter = Recruiter(self._rows, self._rng)
        self._actors: dict[int, list[str]] = {}

    def people(self) -> None:
        sizes = territories(self._size)
        told = Progress("Personnes inventées", self._size)
        done = 0
        for place, size in zip(places(len(sizes), ALIAS), sizes, strict=True):
            for done_here in self._territory(place, size):
                told.reach(done + done_here)
            done += size
            self._happenings.fill(done - size, done * self._events)
        self._recruiter.platform()
        self._rows.send()

    def journal(self) -> None:
        told = Progress("Événements inventés", self._happenings.count)
        for written in self._happenings.write(self._actors):
            told.reach(written)
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(
                "SELECT setval('journal_event_position', greatest(%s, 1))", [self._happenings.count]
            )
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('territories_territory', 'id'), %s)",
                [len(self._actors)],
            )

    def _territory(self, place: Place, size: int) -> Iterator[int]:
        """Tells the stories of a territory; yields how many persons it has so far."""
        _write_territory(self._rows, place)
        staff = self._recruiter.staff(place, size)
        self._actors[place.number] = self._recruiter.take_actors()
        births = Births(self._rows, self._happenings, self._rng)
        circles = Circles(self._rows, self._happenings, self._rng, staff)
        situations = self._situations(staff)
        for rank in range(size):
            circle = circles.circle(births.person(place, rank / size))
            if hidden := situations.statuses(circle):
                situations.readers(circle, hidden, circles.discreet(circle).account)
            situations.numbers(circle.person)
            if rank % BATCH == BATCH - 1:
                self._rows.send()
                yield rank + 1
        self._rows.send()

    def _situations(self, staff: Staff) -> Situations:
        return Situations(self._rows, self._happenings, self._rng, staff, terms(ALIAS))


def _write_territory(rows: Rows, place: Place) -> None:
    codes = ",".join(commune.code for commune in place.communes)
    rows.add(
        "territories_territory",
        *(str(place.number), f"bench-{place.departement.lower()}", place.name, f"{{{codes}}}"),
    )


def run(*, quick: bool) -> None:
    """Times the load of a population, in a database made for it each time."""
    size = 1_000 if quick else TERRITORY
    with clock.travel(days.NOW):
        databases.keep("bench_load", f"{time.time_ns()}", lambda: None)
        spent = timed(partial(populate, size)) / 1_000
    emit("population", "load_s", spent, "s", size)
