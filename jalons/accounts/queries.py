from collections.abc import Iterable
from uuid import UUID

from .models import Account


def addresses_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The e-mail of each account that is not disabled."""
    found = Account.objects.filter(pk__in=list(accounts), disabled_at=None)
    return {account.pk: account.email for account in found}


def account_of(email: str) -> Account | None:
    """The enabled account of this e-mail, whatever its case."""
    return Account.objects.filter(email__iexact=email.strip(), disabled_at=None).first()
