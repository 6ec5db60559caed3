"""Erasing the files that were sent: a week later at most, sooner when nobody needs them."""

from jalons.access.actor import Actor, system
from jalons.kernel import clock, row_security
from jalons.territories.models import Territory

from ..models import NO_TRACE, Import, ImportedBlock, ImportedFile, ImportedRow
from ..queries import counts_of
from ..rules import EXPIRE, IMPORT, KEPT
from ..running import Run, move, tell


def erase(actor: Actor, found: Import) -> None:
    """In the author's context, of a locked import: what the file held is gone."""
    ImportedFile.objects.filter(file_import=found).delete()
    ImportedBlock.objects.filter(file_import=found).delete()
    rows = ImportedRow.objects.filter(file_import=found).exclude(**NO_TRACE)
    rows.update(**NO_TRACE)
    found.erased_at = clock.now()
    tell(actor, found, "erased")
    found.save(update_fields=["erased_at"])


def erase_old() -> int:
    """Erases every file older than `KEPT`; returns how many. What waited will not be imported."""
    runs = [run for territory in _territories() for run in _old(territory)]
    for run in runs:
        _end(run)
    return len(runs)


def _territories() -> list[int]:
    return list(Territory.objects.order_by("pk").values_list("pk", flat=True))


def _old(territory: int) -> list[Run]:
    with row_security.context([territory]):
        kept = Import.objects.filter(erased_at=None, recorded_at__lt=clock.now() - KEPT)
        return [Run.of(found) for found in kept.filter(territory=territory).order_by("pk")]


def _end(run: Run) -> None:
    with run.context():
        found = run.hold(*IMPORT.states)
        if found is None or found.erased_at:
            return
        actor = system(run.territory)
        if found.state in _can_expire():
            counts = counts_of(found) if found.started_at else found.counts
            move(actor, found, EXPIRE, ended_at=clock.now(), counts=counts)
        erase(actor, found)


def _can_expire() -> set[str]:
    return {state for each in IMPORT.transitions if each.act == EXPIRE for state in each.sources}
