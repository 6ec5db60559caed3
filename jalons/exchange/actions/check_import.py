"""Checking a file: everything is done, then taken back, and what it would have done is told."""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager

from django.db import connections

from jalons.access.actor import system
from jalons.kernel import clock

from ..contents import table_of
from ..files import importing
from ..files.authority import format_for
from ..files.persons.registered import PERSONS
from ..files.remarks import Remark, Report
from ..models import Import, ImportedRow
from ..rules import CHECK, REASONS, REFUSE
from ..running import Run, acting, move
from .check_persons import check_persons

BATCH = 1000
EVERY = 1.0
"""Seconds between two tellings of how far the check is."""
OPEN = "SELECT set_config('jalons.territories', %s, false), set_config('jalons.account', %s, false)"
SEEN = "UPDATE exchange_importedfile SET seen = %s WHERE file_import_id = %s"


def check_import(run: Run) -> None:
    """Foresees what becomes of each row; an import that is no longer waiting is left alone."""
    with run.context():
        found = run.hold("received")
        if found is None:
            return
        actor = acting(found)
        if actor is None:
            move(system(run.territory), found, REFUSE, ended_at=clock.now())
            return
    with _telling(run) as watch:
        if found.kind in PERSONS:
            check_persons(run, actor, found, watch)
            return
        with run.context():
            sheet = table_of(found)
            form = format_for(actor, sheet, found.organization)
        report = importing.run(actor, sheet, form, apply=False, watch=watch)
    _foresee(run, report)


def _foresee(run: Run, report: Report) -> None:
    with run.context():
        found = run.hold("received")
        if found is None:
            return
        ImportedRow.objects.bulk_create(_rows(found, report), batch_size=BATCH)
        said = report.summary()
        counts = {name: said[name] for name in said if isinstance(said[name], int)}
        counts |= {name: len(said[name]) for name in ("errors", "warnings")}
        counts["ignored"] = len(set(report.unknown_columns) - set(REASONS.values()))
        move(system(run.territory), found, CHECK, checked_at=clock.now(), counts=counts)


def _rows(found: Import, report: Report) -> Iterator[ImportedRow]:
    errors, warnings = _by_row(report.errors), _by_row(report.warnings)
    for number, outcome in sorted(report.outcomes.items()):
        yield ImportedRow(
            territory_id=found.territory_id,
            account_id=found.account_id,
            file_import=found,
            number=number,
            foreseen=outcome,
            errors=errors.get(number, []),
            warnings=warnings.get(number, []),
        )


def _by_row(remarks: Iterable[Remark]) -> dict[int, list[list[str]]]:
    found: dict[int, list[list[str]]] = {}
    for remark in remarks:
        found.setdefault(remark.row, []).append(remark.told)
    return found


@contextmanager
def _telling(run: Run) -> Iterator[Callable[[int], None]]:
    """Tells how many rows were seen, on a connection of its own: the check's is taken back."""
    with closing(connections.create_connection("default")) as own, own.cursor() as cursor:
        cursor.execute(OPEN, [str(run.territory), str(run.account)])
        told = time.monotonic()

        def watch(seen: int) -> None:
            nonlocal told
            if time.monotonic() - told >= EVERY:
                told = time.monotonic()
                cursor.execute(SEEN, [seen, run.key])

        yield watch
