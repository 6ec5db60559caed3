"""The whole check of a file of persons: opened, validated, matched, staged; then some rows applied.

`seconds` is what a département waits for before it confirms, of which `busy_s` is spent in the
process that checks and the rest in the database or elsewhere; `peak_mb` is the memory of that
process at its highest meanwhile. Seven rows in ten name somebody of the territory.
`caseload_alone_p95_ms` is the first page of a professional's list before, and
`caseload_meanwhile_p95_ms` while the file is checked by another process. `flow_seconds` and
`flow_peak_mb` are those of a flow of the CAF, `flow_few_peak_mb` that of a tenth of it.
"""

import multiprocessing.context
import re
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.db import connections

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.config import wsgi
from jalons.exchange.actions.apply_import import apply_import
from jalons.exchange.actions.check_import import check_import
from jalons.exchange.actions.settle_rows import settle_rows
from jalons.exchange.actions.upload_file import SentFile, upload_file
from jalons.exchange.models import Import
from jalons.exchange.running import Run
from jalons.kernel import clock, row_security
from jalons.territories.actors import actor_of
from jalons.territories.models import Mandate

from . import linkage, population
from .imported import rsa_flow, table
from .list import Reader
from .measures import emit, percentile, timed
from .synthetic import days

ROWS, QUICK_ROWS = 100_000, 5_000
APPLIED, QUICK_APPLIED = 500, 100
FLOW, QUICK_FLOW = 300_000, 3_000
PAGES, WARM_UP, PAUSE = 60, 5, 0.2
NAMES = {"beneficiaires": "liste.csv", "caf-rsa": "flux.xml"}
Measured = Callable[[IO[bytes]], None]
Checking = multiprocessing.context.ForkProcess


def run(
    *,
    quick: bool,
    persons: int | None = None,
    rows: int | None = None,
    flow: int | None = None,
) -> None:
    """`persons` are those who exist, `flow` those of the CAF's."""
    known = persons or (linkage.QUICK_KNOWN if quick else linkage.KNOWN)
    count, flowing = (
        rows or (QUICK_ROWS if quick else ROWS),
        flow or (QUICK_FLOW if quick else FLOW),
    )
    with clock.travel(days.NOW):
        linkage.know(linkage.SEED, known)
        wsgi.settle()
        actor = _dispatcher()
        with TemporaryFile() as file:
            drawn = linkage.drawn_rows(linkage.SEED, known, count)
            table.write(file, (row for row, _ in drawn))
            _beside(partial(_measured, actor, "beneficiaires", "", count), file)
        _applied(actor, QUICK_APPLIED if quick else APPLIED)
        for name, number in (("flow_few_", flowing // 10), ("flow_", flowing)):
            with TemporaryFile() as file:
                rsa_flow.write(file, number)
                _elsewhere(partial(_measured, actor, "caf-rsa", name, number), file).join()


def _beside(measured: Measured, file: IO[bytes]) -> None:
    """What a professional waits for, before the file is checked and meanwhile."""
    reader = Reader("practitioner")
    alone = [timed(reader.first) for _ in range(WARM_UP + PAGES)][WARM_UP:]
    emit("import", "caseload_alone_p95_ms", percentile(alone, 0.95), "ms", len(alone))
    checking = _elsewhere(measured, file)
    meanwhile = []
    while checking.is_alive():
        meanwhile.append(timed(reader.first))
        time.sleep(PAUSE)
    emit("import", "caseload_meanwhile_p95_ms", percentile(meanwhile, 0.95), "ms", len(meanwhile))


def _elsewhere(measured: Measured, file: IO[bytes]) -> Checking:
    """A process of its own, as the worker's; connections are not shared."""
    connections.close_all()
    process = get_context("fork").Process(target=measured, args=(file,))
    process.start()
    return process


def _measured(actor: Actor, kind: str, name: str, count: int, file: IO[bytes]) -> None:
    _forget_peak()
    start, busy = time.perf_counter(), time.process_time()
    _checked(actor, kind, file)
    emit("import", f"{name}seconds", time.perf_counter() - start, "s", count)
    emit("import", f"{name}busy_s", time.process_time() - busy, "s", count)
    emit("import", f"{name}peak_mb", _peak(), "MB", count)


def _applied(actor: Actor, few: int) -> None:
    with TemporaryFile() as file:
        table.write(file, table.strangers(few))
        run = _checked(actor, "beneficiaires", file)
        with run.context():
            apply_import(actor, run.key)
        spent = timed(partial(settle_rows, run))
        with run.context():
            counts = Import.objects.get(pk=run.key).counts
        done = counts["created"] + counts["updated"]
        emit("import", "row_ms", spent / max(done, 1), "ms", done)


def _checked(actor: Actor, kind: str, file: IO[bytes]) -> Run:
    file.seek(0)
    with row_security.context(actor.territories, actor.account):
        sent = SentFile(kind, NAMES[kind], file)  # type: ignore[arg-type]
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


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Megabytes at most since `_forget_peak`."""
    status = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024
