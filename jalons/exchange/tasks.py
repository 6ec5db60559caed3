"""The jobs of imports: keys only; each manages its transactions and bears running twice."""

from uuid import UUID

from jalons.journal.models import Event
from jalons.journal.notifications import notify
from jalons.kernel import row_security
from jalons.kernel.jobs import job

from .actions.check_import import check_import
from .actions.erase_files import erase_old
from .actions.settle_rows import settle_rows
from .models import Import
from .running import Run


@job("exchange.check", retries=3, atomic=False)
def check(key: str, territory: int, account: str) -> None:
    check_import(Run(UUID(key), territory, UUID(account)))


@job("exchange.apply", retries=3, atomic=False)
def apply(key: str, territory: int, account: str) -> None:
    settle_rows(Run(UUID(key), territory, UUID(account)))


@job("exchange.tell_author")
def tell_author(event: str, territory: int) -> None:
    """Tells who sent the file that its import has ended."""
    with row_security.context([territory]):
        happened = Event.objects.get(pk=event)
        found = Import.objects.filter(pk__in=[happened.object_key]).first()
        if found:
            notify(happened, [found.account_id])


@job("exchange.erase", cron="41 2 * * *", atomic=False)
def erase() -> None:
    erase_old()
