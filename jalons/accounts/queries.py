from collections.abc import Iterable
from uuid import UUID

from .models import Account


def addresses_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The e-mail of each account that is not disabled."""
    found = Account.objects.filter(pk__in=list(accounts), disabled_at=None)
    return {account.pk: account.email for account in found}
