"""The whole check of a file of persons: opened, validated, matched, staged; then some rows applied.

`seconds` is what a département waits for before it confirms, of which `busy_s` is spent in this
process and the rest in the database or elsewhere; `peak_mb` is the memory of the process
at its highest meanwhile. Two rows in three name somebody of the territory.
"""

import csv
import io
import re
import time
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryFile
from typing import IO

from django.db import connections

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.config import databases
from jalons.exchange.actions.apply_import import apply_import
from jalons.exchange.actions.check_import import check_import
from jalons.exchange.actions.settle_rows import settle_rows
from jalons.exchange.actions.upload_file import SentFile, upload_file
from jalons.exchange.files.persons.beneficiaires import COLUMNS
from jalons.exchange.models import Import
from jalons.exchange.running import Run
from jalons.kernel import clock, row_security
from jalons.territories.actors import actor_of
from jalons.territories.models import Mandate

from . import population
from .measures import emit, timed
from .people import populate_crowd
from .synthetic import days, names

ROWS, QUICK_ROWS = 100_000, 5_000
APPLIED, QUICK_APPLIED = 500, 100
QUICK_SIZE = 5_000
KNOWN = 0.7
"""The share of the rows that name somebody of the territory."""
FICTION = 100


def run(*, quick: bool, persons: int | None = None, rows: int | None = None) -> None:
    """`persons` are those who exist."""
    size = QUICK_SIZE
    existing, count = persons or size, rows or (QUICK_ROWS if quick else ROWS)
    with clock.travel(days.NOW):
        name = f"bench_crowd_{existing}"
        databases.keep(name, population.stamp(), partial(populate_crowd, size, existing))
        actor = _dispatcher()
        with TemporaryFile() as file:
            _write(file, count)
            _forget_peak()
            start, busy = time.perf_counter(), time.process_time()
            run = _checked(actor, file)
            emit("import", "seconds", time.perf_counter() - start, "s", count)
            emit("import", "busy_s", time.process_time() - busy, "s", count)
            emit("import", "peak_mb", _peak(), "MB", count)
        with TemporaryFile() as file:
            few = QUICK_APPLIED if quick else APPLIED
            _write(file, few, new=True)
            run = _checked(actor, file)
            with run.context():
                apply_import(actor, run.key)
            spent = timed(partial(settle_rows, run))
            with run.context():
                counts = Import.objects.get(pk=run.key).counts
            done = counts["created"] + counts["updated"]
            emit("import", "row_ms", spent / max(done, 1), "ms", done)


def _checked(actor: Actor, file: IO[bytes]) -> Run:
    file.seek(0)
    with row_security.context(actor.territories, actor.account):
        sent = SentFile("beneficiaires", "liste.csv", file)  # type: ignore[arg-type]
        run = Run.of(upload_file(actor, sent))
    check_import(run)
    with run.context():
        found = Import.objects.get(pk=run.key)
        assert found.state == "checked", found.state
    return run


def _dispatcher() -> Actor:
    with connections[population.ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM territories_mandate WHERE role = %s AND ends_on IS NULL"
            " ORDER BY id LIMIT 1",
            [Role.DISPATCHER],
        )
        key = cursor.fetchone()[0]
    mandate = Mandate.objects.select_related("account").get(pk=key)
    return actor_of(mandate.account, mandate)


def _write(file: IO[bytes], count: int, *, new: bool = False) -> None:
    """Rows that are the same each time, or `new`: of persons whom no earlier measure created."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([f"{each.name}*" if each.required else each.name for each in COLUMNS])
    rng = Random() if new else Random(f"import {count}")
    known = iter(()) if new else _known(int(count * KNOWN))
    first = rng.randrange(10**7, 10**8 - count) if new else 0
    for number in range(first, first + count):
        writer.writerow(_row(rng, number, next(known, None)))
    text.detach()


def _known(count: int) -> Iterator[tuple[str, str, date]]:
    with connections[population.ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT family_name, given_name, birth_date FROM people_person"
            " WHERE birth_date IS NOT NULL ORDER BY id DESC LIMIT %s",
            [count],
        )
        yield from cursor.fetchall()


def _row(rng: Random, number: int, known: tuple[str, str, date] | None) -> list[str]:
    born = date(1955 + rng.randrange(50), 1 + rng.randrange(12), 1 + rng.randrange(28))
    given = names.drawer(("female", "male")[rng.getrandbits(1)]).draw(rng.random()).written
    family = names.family(rng).written
    family, given, born = known or (family, given, born)
    return [
        f"SI{number:08}",
        given,
        family,
        born.strftime("%d/%m/%Y"),
        _nir(rng, born) if rng.random() < 0.5 else "",
        "Belfort",
        f"06 39 98 00 {rng.randrange(FICTION):02}" if rng.random() < 0.8 else "",
        f"personne{number}@essai.example" if rng.random() < 0.5 else "",
        f"{rng.randrange(1, 200)} rue des Filatures",
        "",
        "90000",
        "Belfort",
        "recherche_emploi",
        f"{rng.randrange(10**7):07}",
        f"{rng.randrange(10**7):07}A",
        "rsa_droit_ouvert_versable",
        "Non",
        "Non",
        "Oui",
        "Non",
        "30",
        "Pontier élingueur / Pontière élingueuse (N1104)",
        "NV5",
        "",
        "",
    ]


def _nir(rng: Random, born: date) -> str:
    """Without its key."""
    sex, place = rng.choice("12"), rng.randrange(1, 990)
    return f"{sex}{born:%y%m}90{place:03}{rng.randrange(1, 999):03}"


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Megabytes at most since `_forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024
