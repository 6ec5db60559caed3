"""Importing a checked file: one transaction a row, which also says that the row is settled.

A run that was killed takes up at the first row that is not; two runs of one import take turns.
"""

from jalons.access.actor import Actor, system
from jalons.kernel import clock, locks

from ..contents import table_of
from ..files import importing
from ..files.authority import format_for
from ..files.formats import Format
from ..files.importing import Plan, Settled
from ..files.persons.registered import PERSONS
from ..models import Import, ImportedRow
from ..queries import counts_of
from ..rules import FINISH, REFUSE
from ..running import Run, acting, move
from .erase_files import erase
from .settle_persons import settle_persons

LEFT_OUT = ("rejected", "ambiguous")


def settle_rows(run: Run) -> None:
    """Settles every row that waits, until the import is cancelled or its author loses the right."""
    with run.context():
        found = run.hold("applying")
        actor = acting(found) if found else None
        if found is None or actor is None:
            _refuse(run, found)
            return
    settled = settle_persons if found.kind in PERSONS else _settle_all
    if settled(run, actor, found):
        _finish(run)
    else:
        _stop(run)


def _settle_all(run: Run, actor: Actor, found: Import) -> bool:
    """Whether every row is settled."""
    with run.context():
        sheet = table_of(found)
        form = format_for(actor, sheet, found.organization)
        rows = ImportedRow.objects.filter(file_import=found, outcome="").order_by("number")
        waiting = list(rows.values_list("number", flat=True))
    plan = importing.prepare(sheet, form)
    return all(_settle(run, form, plan, number) for number in waiting)


def _stop(run: Run) -> None:
    with run.context():
        found = run.hold("applying")
        if found and acting(found) is None:
            _refuse(run, found)


def _settle(run: Run, form: Format, plan: Plan, number: int) -> bool:
    """Whether the run may go on."""
    with run.context():
        locks.hold(f"exchange.import {run.territory}")
        found = run.hold("applying")
        actor = acting(found) if found else None
        if found is None or actor is None:
            return False
        row = ImportedRow.objects.select_for_update().get(file_import=found, number=number)
        if not row.outcome:
            settled = importing.settle(actor, form, plan, number) if number in plan.claims else None
            _note(row, settled)
    return True


def _note(row: ImportedRow, settled: Settled | None) -> None:
    """What reading rejected was told by the check already."""
    row.outcome, row.settled_at = "rejected", clock.now()
    if settled:
        row.outcome = settled.outcome
        row.errors = [remark.told for remark in settled.errors]
    if settled and settled.done:
        row.organization_id = settled.done.organization
        row.invited = settled.done.invited
    row.save(update_fields=["outcome", "errors", "organization", "invited", "settled_at"])


def _refuse(run: Run, found: Import | None) -> None:
    if found:
        values = {"ended_at": clock.now(), "counts": counts_of(found)}
        move(system(run.territory), found, REFUSE, **values)


def _finish(run: Run) -> None:
    """The event is the platform's: its author is told of it. Nothing to correct: nothing kept."""
    with run.context():
        found = run.hold("applying")
        if found is None:
            return
        counts, actor = counts_of(found), system(run.territory)
        move(actor, found, FINISH, ended_at=clock.now(), counts=counts)
        if not any(counts[name] for name in LEFT_OUT):
            erase(actor, found)
