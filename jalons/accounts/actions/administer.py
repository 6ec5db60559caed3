"""What the technical administrator does to an account: it opens nobody's file."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.accounts import second_factor
from jalons.accounts.administration import AccountFacts
from jalons.accounts.models import Account, AccountLink
from jalons.accounts.telling import tell
from jalons.kernel import clock, jobs


class OwnAccount(Exception):
    """Nobody disables their own account: the platform could be left without an administrator."""


class NothingToReset(Exception):
    """The account is disabled, or has no second factor of its own."""


@transaction.atomic
def disable_account(actor: Actor, key: UUID) -> Account:
    """The account opens no more, and its sessions end. Raises Refused, Account.DoesNotExist."""
    account = _hold(actor, "accounts.disable_account", key)
    if account.pk == actor.account:
        raise OwnAccount
    if account.is_active:
        account.disabled_at = clock.now()
        account.save(update_fields=["disabled_at"])
        account.sessions.all().delete()
        _keep(actor, "account_disabled", account)
        tell(account, "account_disabled")
    return account


@transaction.atomic
def enable_account(actor: Actor, key: UUID) -> Account:
    """The account opens again, by the same password and factor. Raises as `disable_account`."""
    account = _hold(actor, "accounts.enable_account", key)
    if not account.is_active:
        account.disabled_at = None
        account.save(update_fields=["disabled_at"])
        _keep(actor, "account_enabled", account)
        tell(account, "account_enabled")
    return account


@transaction.atomic
def reset_second_factor(actor: Actor, key: UUID) -> Account:
    """Mails the owner a link: with it and their password, they enrol another application.

    The present one serves until then. Raises Refused, Account.DoesNotExist, NothingToReset.
    """
    account = _hold(actor, "accounts.reset_second_factor", key)
    if not account.is_active or not second_factor.enrolled(account):
        raise NothingToReset
    _keep(actor, "second_factor_reset", account)
    purpose = AccountLink.Purpose.FACTOR.value
    jobs.enqueue("accounts.send_link", account=str(account.pk), purpose=purpose)
    return account


def _hold(actor: Actor, act: str, key: UUID) -> Account:
    require(actor, act, AccountFacts(key))
    return Account.objects.select_for_update().get(pk=key)


def _keep(actor: Actor, kind: str, account: Account) -> None:
    record(actor, f"accounts.{kind}", object_kind="account", object_key=account.pk)
