"""Importing a checked file of persons: one transaction a row that changes something."""

from django.db.models import F, QuerySet

from jalons.access.actor import Actor
from jalons.kernel import clock, locks

from ..doubts import likely
from ..files.columns import Heading
from ..files.persons.blocks import SIZE, Read
from ..files.persons.formats import PersonFormat
from ..files.persons.settling import Settled, confirm, settle
from ..kept_blocks import KeptBlocks
from ..models import Import, ImportedRow
from ..running import Run, acting
from .check_persons import work_of

WRITTEN = ("created", "updated")
FIELDS = ["outcome", "errors", "warnings", "person", "settled_at"]


def settle_persons(run: Run, actor: Actor, found: Import) -> bool:
    """Whether every row is settled: not when the import was cancelled, or its author lost the
    right."""
    with run.context():
        form, columns, blocks = work_of(actor, found)
        waiting = _waiting(found).filter(foreseen__in=WRITTEN).order_by("number")
        numbers = list(waiting.values_list("number", flat=True))
    rows = _Rows(run, blocks)
    for number in numbers:
        if not _settle(run, form, columns, rows, number):
            return False
    for position in blocks.positions() if form.find == "match" else ():
        if not _confirm(run, rows, position):
            return False
    with run.context():
        if run.hold("applying") is None:
            return False
        _settle_others(found)
    return True


class _Rows:
    """The rows as read, a block in memory at a time."""

    def __init__(self, run: Run, blocks: KeptBlocks) -> None:
        self._run, self._blocks = run, blocks
        self._position = -1
        self._rows: list[Read] = []

    def __getitem__(self, number: int) -> Read:
        position, place = divmod(number - 1, SIZE)
        if position != self._position:
            with self._run.context():
                self._rows = self._blocks.read(position)
            self._position = position
        return self._rows[place]


def _settle(run: Run, form: PersonFormat, columns: Heading, rows: _Rows, number: int) -> bool:
    """Whether the run may go on."""
    read = rows[number]
    with run.context():
        locks.hold(f"exchange.import {run.territory}")
        found = run.hold("applying")
        actor = acting(found) if found else None
        if found is None or actor is None:
            return False
        row = ImportedRow.objects.select_for_update().get(file_import=found, number=number)
        if not row.outcome and read.saying:
            foreseen = Settled(row.foreseen, row.person, apart=frozenset(likely(row)))
            _note(row, settle(actor, form, columns, foreseen, read.saying))
    return True


def _confirm(run: Run, rows: _Rows, position: int) -> bool:
    """What the unchanged rows of a block say again; whether the run may go on."""
    start = position * SIZE + 1
    with run.context():
        found = run.hold("applying")
        actor = acting(found) if found else None
        if found is None or actor is None:
            return False
        again = _waiting(found).filter(
            foreseen="unchanged", person__isnull=False, number__range=(start, start + SIZE - 1)
        )
        persons = dict(again.values_list("number", "person"))
        said = ((persons[number], rows[number].saying) for number in sorted(persons))
        confirm(actor, {person: saying for person, saying in said if person and saying})
    return True


def _note(row: ImportedRow, settled: Settled) -> None:
    row.outcome, row.person, row.settled_at = settled.outcome, settled.person, clock.now()
    row.errors += settled.errors
    row.warnings += settled.warnings
    row.save(update_fields=FIELDS)


def _settle_others(found: Import) -> None:
    """What the check left out or found done; a row that names a new person again follows hers."""
    _waiting(found).filter(first_row=None).update(outcome=F("foreseen"), settled_at=clock.now())
    for row in _waiting(found).iterator():
        first = ImportedRow.objects.get(file_import=found, number__in=[row.first_row])
        row.person, row.settled_at = first.person, clock.now()
        row.outcome = "unchanged" if first.outcome == "created" else first.outcome
        row.errors += first.errors if row.outcome != "unchanged" else []
        row.save(update_fields=FIELDS)


def _waiting(found: Import) -> "QuerySet[ImportedRow]":
    return ImportedRow.objects.filter(file_import=found, outcome="")
