"""A file of persons imported at once, from the command line: nothing of it is kept."""

from collections.abc import Callable, Mapping
from uuid import UUID

from jalons.access.actor import Actor
from jalons.kernel import locks, row_security

from ..columns import heading
from ..remarks import Remark, Report
from .blocks import MemoryBlocks
from .checking import Check
from .formats import Foreseen, PersonFormat, Saying, Table
from .settling import Settled, confirm, settle


def run(
    actor: Actor,
    form: PersonFormat,
    table: Table,
    renamed: Mapping[str, str],
    *,
    apply: bool,
    begin: Callable[[], object] = lambda: None,
) -> Report:
    """Imports a table, or unless `apply` tells what it would do. Raises Unreadable.

    `begin` is called once all is foreseen, before anything is written.
    A run that was stopped is run again: what it did is found done.
    """
    found = heading(table.headers, form.columns, renamed)
    blocks = MemoryBlocks(table.headers, table.rows)
    check = Check(actor, form, found, blocks)
    with row_security.context(actor.territories, actor.account):
        check.read_all()
        check.match()
        foreseen = list(check.foresee())
    report = Report(unknown_columns=found.unknown, counted=table.counted)
    if apply:
        begin()
    rows = iter(foreseen)
    for position in blocks.positions():
        again: dict[UUID, Saying] = {}
        for read in blocks.read(position):
            row = next(rows)
            if apply and read.saying and row.outcome in ("created", "updated"):
                with row_security.context(actor.territories, actor.account):
                    locks.hold(f"exchange.import {actor.territory}")
                    done = settle(actor, form, found, Settled(row.outcome, row.person), read.saying)
                row.outcome = done.outcome
                row.errors += done.errors
                row.warnings += done.warnings
            elif read.saying and row.outcome == "unchanged" and row.person:
                again[row.person] = read.saying
            _tell(report, row)
        if apply and form.find == "match":
            with row_security.context(actor.territories, actor.account):
                confirm(actor, again)
    return report


def _tell(report: Report, row: Foreseen) -> None:
    report.outcomes[row.number] = row.outcome
    for told, remarks in ((report.errors, row.errors), (report.warnings, row.warnings)):
        told += [Remark(row.number, *one) for one in remarks]  # type: ignore[arg-type]
