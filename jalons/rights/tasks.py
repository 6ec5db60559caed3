"""The jobs of this room: keys only; each manages its transactions and bears running twice."""

import logging
from uuid import UUID

from jalons.access.identity import works
from jalons.access.models import Export
from jalons.journal.models import Event
from jalons.journal.notifications import notify
from jalons.kernel import clock, row_security
from jalons.kernel.jobs import job
from jalons.territories.queries import territories

from .copies.ask import JOB as EXPORT
from .copies.ask import make_export, purge
from .erasure.erase import erase, left
from .exported.actions import recall
from .requests.inventory import take_inventory
from .retention.plan import held
from .retention.run import run_retention

logger = logging.getLogger(__name__)


@job(EXPORT, retries=3, atomic=False)
def export(export: str) -> None:
    make_export(UUID(export))


@job("rights.tell_requester")
def tell_requester(event: str, territory: int) -> None:
    """Tells whoever asked that the copy is ready."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        asked = Event.objects.filter(
            kind="rights.file_export_asked", object_key=happened.object_key
        )
        notify(happened, [each.account for each in asked.order_by("position") if each.account])


@job("rights.erase", retries=3, atomic=False)
def erase_person(person: str, territory: int) -> None:
    """A hold set since it was asked keeps the file; what is erased already is left alone."""
    key = UUID(person)
    if not held(key, clock.today(), "whole") and left(key, "whole"):
        erase(key, territory)


@job("rights.recall_exports", cron="13 5 * * *", atomic=False)
def recall_exports() -> None:
    """Each morning, the exported files whose date has passed are recalled to who has them."""
    for territory in territories():
        with row_security.context([territory]):
            recall(territory)


@job("rights.tell_keeper")
def tell_keeper(event: str, territory: int) -> None:
    """Tells who exported a list, while they work there, that its file is to be destroyed."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        rows = Export.objects.filter(pk__in=[happened.object_key], destroyed_on=None)
        authors = rows.values_list("account", flat=True)
        notify(happened, [author for author in authors if works(author, territory)])


@job("rights.take_inventory", atomic=False)
def inventory(event: str, territory: int) -> None:
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
    if happened.object_key:
        take_inventory(happened.object_key)


@job("rights.purge_exports", cron="23 2 * * *", atomic=False)
def purge_exports() -> None:
    purge()


@job("rights.retention", cron="53 2 * * *", atomic=False)
def retention() -> None:
    run_retention(logger.info)
