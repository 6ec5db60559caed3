"""The first account of a server: a technical administrator, opened by a link that serves once."""

from django.db import transaction

from jalons.access.roles import Role
from jalons.accounts.actions.links import make
from jalons.accounts.actions.open_account import prepare_account
from jalons.accounts.events import record
from jalons.accounts.models import AccountLink
from jalons.kernel import clock, locks
from jalons.territories.models import Mandate
from jalons.territories.queries import administrators
from jalons.territories.team.rules import words_of


class AlreadyOpen(Exception):
    """The platform has an administrator: they, or `again`, make another."""


@transaction.atomic
def open_platform(email: str, given_name: str, family_name: str, *, again: bool) -> str:
    """The invitation's address, known once: it is valid seven days.

    The operator of the server is who asks. Raises AlreadyOpen, ValidationError.
    """
    locks.hold("open platform")
    if administrators(clock.today()) and not again:
        raise AlreadyOpen
    account = prepare_account(email, given_name, family_name)
    held = {mandate.account_id for mandate in administrators(clock.today())}
    if account.pk not in held:
        Mandate.objects.create(
            account=account,
            role=Role.PLATFORM_ADMIN,
            starts_on=clock.today(),
            words=words_of(account.family_name, account.given_name, "", []),
        )
    record("platform_opened", account.pk)
    return make(account, AccountLink.Purpose.INVITATION)
