"""Saying whom a doubtful row speaks of, before the file is imported; the last choice counts."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.table import TAKE_FROM_FILE
from jalons.access.transitions import Impossible
from jalons.people.arrivals.known import known
from jalons.people.arrivals.rules import ENTRY
from jalons.people.models import Person

from ..differences import as_read
from ..doubts import likely, may_be
from ..files.persons.doubts import in_sight
from ..models import Import, ImportedRow
from ..rules import SETTLE
from ..running import tell
from .holding import hold_import

GONE = "Ce choix n’est plus possible pour cette ligne. Choisissez parmi ceux qui sont affichés."


@transaction.atomic
def settle_row(actor: Actor, key: UUID, number: int, person: UUID | None) -> None:
    """The row is about `person`, or about nobody whom it looks like.

    The event says neither the row nor whom. Raises Refused, Erased, and Impossible for whoever is
    not, or no longer, one of those whom the author sees beside the row.
    """
    found = hold_import(actor, key, SETTLE)
    rows = ImportedRow.objects.select_for_update().filter(file_import=found, number=number)
    row = rows.first()
    sight = in_sight(actor, likely(row)) if row else set()
    if row is None or not sight or (person and person not in sight & may_be(row)):
        raise Impossible(GONE)
    values = _values(found, row)
    before, errors = row.foreseen, len(row.errors)
    row.person, row.foreseen, row.errors = person, "updated" if person else "created", []
    row.changes = _changes(actor, found, person, values) if person else list(values)
    row.save(update_fields=["person", "foreseen", "errors", "changes"])
    counts = dict(found.counts)
    for name, more in ((before, -1), (row.foreseen, 1), ("errors", -errors)):
        counts[name] += more
    found.counts = counts
    found.save(update_fields=["counts"])
    tell(actor, found, "row_settled")


def _values(found: Import, row: ImportedRow) -> dict[str, object]:
    read = as_read(found, [row])[row.number]
    assert read.saying
    return read.saying.values


def _changes(actor: Actor, found: Import, person: UUID, values: dict[str, object]) -> list[str]:
    """What the row says otherwise; of somebody of whom the actor may not write, that they came."""
    writable = Person.objects.filter(visible_to(actor, "person", None, act=TAKE_FROM_FILE))
    if not writable.filter(pk=person).exists():
        return [ENTRY]
    return known(found.territory_id, [person])[person].differing(values, values)
