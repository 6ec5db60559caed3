"""Keeping in step the pairs of files that may be one person's."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import system
from jalons.access.events import record
from jalons.kernel import clock, locks

from ...models import Pair as Known
from ..comparing import Pair, alike

KIND = "people.files_compared"


@dataclass(frozen=True)
class Compared:
    """How many pairs came, changed their reasons, and went."""

    found: int
    changed: int
    gone: int


@transaction.atomic
def compare_files(territory: int, persons: Collection[UUID] | None = None) -> Compared:
    """Compares the files of a territory, or some persons with the others.

    Pairs that were answered, or that another source proposed, stay so. The event names nobody.
    """
    locks.hold(f"duplicates:{territory}")
    found = alike(territory, persons)
    rows = Known.objects.filter(territory=territory)
    if persons is not None:
        rows = rows.filter(Q(person__in=persons) | Q(other__in=persons))
    known: dict[Pair, Known] = {(row.person_id, row.other_id): row for row in rows}
    new = [_pair(territory, pair, found[pair]) for pair in found if pair not in known]
    waiting = {
        pair: row
        for pair, row in known.items()
        if not row.answer and row.source == Known.Source.COMPARISON
    }
    gone = [row.pk for pair, row in waiting.items() if pair not in found]
    changed = [row for pair, row in waiting.items() if pair in found and row.reasons != found[pair]]
    done = Compared(len(new), len(changed), len(gone))
    if new or changed or gone:
        record(system(territory), KIND, payload=vars(done))
        for row in changed:
            row.reasons = found[row.person_id, row.other_id]
        Known.objects.bulk_create(new)
        Known.objects.bulk_update(changed, ["reasons"])
        Known.objects.filter(pk__in=gone).delete()
    return done


def _pair(territory: int, pair: Pair, reasons: list[str]) -> Known:
    return Known(
        territory_id=territory,
        person_id=pair[0],
        other_id=pair[1],
        source=Known.Source.COMPARISON,
        reasons=reasons,
        found_on=clock.today(),
    )
