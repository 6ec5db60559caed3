from uuid import UUID

from jalons.kernel.jobs import job

from . import telling, throttle
from .actions import links
from .models import AccountLink, Session
from .sessions import LIFE, moment


@job("accounts.send_link")
def send_link(account: str | None, purpose: str) -> None:
    """Mails a link; nothing for an address that is nobody's, which asks for the same job."""
    if account:
        links.send(UUID(account), AccountLink.Purpose(purpose))


@job("accounts.tell")
def tell(account: str, what: str) -> None:
    """Mails what was done to an account, to its owner."""
    telling.send(UUID(account), what)


@job("accounts.clean", cron="17 3 * * *")
def clean() -> None:
    """Forgets the sessions that are over and the counters that nobody remembers."""
    Session.objects.filter(expire_date__lt=moment() - LIFE).delete()
    throttle.clean()
