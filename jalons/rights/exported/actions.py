"""The end of an exported file: said by whoever keeps it, recalled to them on its day."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor, system
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.models import Export
from jalons.access.table import DESTROY_EXPORT
from jalons.access.transitions import Impossible
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from .facts import load_list_export


@transaction.atomic
def destroy(actor: Actor, export: UUID) -> Event:
    """Says that the file is destroyed, today. Raises Refused, Impossible."""
    facts = load_list_export(export, clock.now())
    if facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, DESTROY_EXPORT, facts)
    row = Export.objects.select_for_update().get(pk=export)
    if row.refused:
        raise Impossible("Cet export a été refusé : il n’y a pas de fichier.")
    if row.destroyed_on:
        raise Impossible("Ce fichier est déjà noté détruit.")
    event = record(actor, "rights.list_destroyed", object_kind="export", object_key=export)
    Export.objects.filter(pk=export).update(destroyed_on=clock.today())
    return event


def take_back(actor: Actor, event: Event) -> Event:
    """Compensates `destroy`. Raises CannotUndo."""
    left = Export.objects.filter(pk__in=[event.object_key], destroyed_on__isnull=False)
    if not left.exists():
        raise CannotUndo("Cet export a changé entre-temps.")
    undone = record(
        actor,
        "rights.list_destroyed_undone",
        object_kind="export",
        object_key=event.object_key,
        cause=event.pk,
    )
    left.update(destroyed_on=None)
    return undone


@transaction.atomic
def recall(territory: int) -> int:
    """Recalls, once each, the files whose date has passed, in the open context; how many."""
    waiting = Export.objects.filter(
        territory=territory,
        destroy_on__lte=clock.today(),
        destroyed_on=None,
        recalled_on=None,
    )
    keys = list(waiting.order_by("id").select_for_update().values_list("pk", flat=True))
    for key in keys:
        record(system(territory), "rights.list_overdue", object_kind="export", object_key=key)
    Export.objects.filter(pk__in=keys).update(recalled_on=clock.today())
    return len(keys)
