"""A merge was wrong: both files become whole again, within the delay."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import UNDO_MERGE
from jalons.access.transitions import Impossible
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock, jobs

from ...models import Merge, Person
from ..doing import UNDO_ASKED, reopen
from ..facts import load_merge
from ..rules import NOT_DONE, TOO_LATE

JOB = "people.undo_merge"


@transaction.atomic
def undo_merge(
    actor: Actor, key: UUID, *, added_to_absorbed: bool = False, cause: UUID | None = None
) -> Event:
    """Asks for both files as they were; before the job ran, nothing has moved yet.

    What was recorded since the merge stays with the kept file, unless `added_to_absorbed`.
    Raises Refused, Impossible.
    """
    row = _hold(actor, key)
    if row.state not in {Merge.State.ASKED, Merge.State.DONE}:
        raise Impossible(NOT_DONE)
    if row.undo_until and row.undo_until <= clock.today():
        raise Impossible(TOO_LATE)
    event = record(
        actor, UNDO_ASKED, person=row.kept_id, object_kind="merge", object_key=key, cause=cause
    )
    rows = Merge.objects.filter(pk=key)
    if row.state == Merge.State.ASKED:
        rows.update(state=Merge.State.UNDONE, undone_at=clock.now(), cipher=b"")
        reopen(row.pair_id)
        return event
    rows.update(state=Merge.State.UNDOING)
    jobs.enqueue(JOB, merge=str(key), territory=row.territory_id, added=added_to_absorbed)
    return event


def take_back(actor: Actor, event: Event) -> Event:
    """Compensates `merge`. Raises CannotUndo."""
    assert event.object_key
    try:
        return undo_merge(actor, event.object_key, cause=event.pk)
    except (Refused, Impossible):
        raise CannotUndo("Ces dossiers ont changé depuis : ils restent réunis.") from None


def _hold(actor: Actor, key: UUID) -> Merge:
    """Locks both persons, then the merge, as the job does. Raises Refused."""
    pair = Merge.objects.filter(pk=key).values_list("kept", "absorbed").first()
    list(Person.objects.select_for_update().filter(pk__in=pair or ()).order_by("pk"))
    row = Merge.objects.select_for_update().filter(pk=key).first()
    facts = load_merge(key, clock.now()) if row else None
    if row is None or facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, UNDO_MERGE, facts)
    return row
