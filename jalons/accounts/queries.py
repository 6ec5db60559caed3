from collections.abc import Iterable
from uuid import UUID

from jalons.access.actor import Actor

from .models import Account, FederatedIdentity


def addresses_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The e-mail of each account that is not disabled."""
    found = Account.objects.filter(pk__in=list(accounts), disabled_at=None)
    return {account.pk: account.email for account in found}


def own_account(actor: Actor) -> Account:
    """The account of a professional who is signed in."""
    assert actor.account
    return Account.objects.get(pk=actor.account)


def account_of(email: str) -> Account | None:
    """The enabled account of this e-mail, whatever its case."""
    return Account.objects.filter(email__iexact=email.strip(), disabled_at=None).first()


def identity_told(provider: str, sub: str) -> FederatedIdentity | None:
    """The identity that a provider gave under this `sub`: nothing else makes the link."""
    found = FederatedIdentity.objects.filter(provider__slug=provider, sub=sub)
    return found.select_related("account", "provider").first()


def identities_of(account: UUID) -> list[FederatedIdentity]:
    """The identities linked to an account, the oldest first."""
    found = FederatedIdentity.objects.filter(account=account).select_related("provider")
    return list(found.order_by("recorded_at", "id"))
