"""Identities of providers: linked to an account once, by `sub`; forgotten by their owner."""

from uuid import UUID

from django.db import transaction

from jalons.accounts import queries
from jalons.accounts.events import record
from jalons.accounts.federation.tokens import Told
from jalons.accounts.models import Account, FederatedIdentity, Provider
from jalons.accounts.telling import tell
from jalons.kernel import locks


class Taken(Exception):
    """The identity opens another account."""


class LastWay(Exception):
    """Without this identity nothing would open the account."""


class InUse(Exception):
    """The present session was opened by this identity."""


@transaction.atomic
def link_identity(account: Account, told: Told) -> FederatedIdentity:
    """What the provider told opens this account from now on: both were proved. Raises Taken."""
    locks.hold(f"identity:{told.provider}:{told.sub}")
    found = queries.identity_told(told.provider, told.sub)
    if found is None:
        provider = Provider.objects.get(slug=told.provider)
        found = FederatedIdentity.objects.create(
            account=account, provider=provider, sub=told.sub, email=told.email
        )
        record("identity_linked", account.pk, provider=told.provider)
        tell(account, "identity_linked")
    elif found.account_id != account.pk:
        raise Taken
    return found


@transaction.atomic
def note_email(identity: FederatedIdentity, told: Told) -> None:
    """The provider gives another e-mail for the same person, who says that it is right."""
    identity.email = told.email
    identity.save(update_fields=["email"])
    record("identity_email_changed", identity.account_id, provider=told.provider)
    tell(identity.account, "identity_email_changed")


@transaction.atomic
def forget_identity(account: Account, key: UUID, current: FederatedIdentity | None) -> None:
    """The identity opens the account no more, and the sessions that it opened end.

    Nothing is done for one that is not the account's. Raises LastWay, InUse.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    mine = {each.pk: each for each in queries.identities_of(account.pk)}
    if key not in mine:
        return
    if current and current.pk == key:
        raise InUse
    if len(mine) == 1 and not account.has_usable_password():
        raise LastWay
    provider = mine[key].provider.slug
    mine[key].delete()
    record("identity_forgotten", account.pk, provider=provider)


@transaction.atomic
def name_account(account: Account, told: Told) -> None:
    """An account that was invited without a name takes the one that the provider tells."""
    if not account.full_name and (told.given_name or told.family_name):
        account.given_name, account.family_name = told.given_name, told.family_name
        account.save(update_fields=["given_name", "family_name"])
