"""The two factors, each behind its counters."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.hashers import make_password

from jalons.accounts import devices, second_factor, sessions, throttle
from jalons.accounts.events import record
from jalons.accounts.federation.tokens import Told
from jalons.accounts.models import Account
from jalons.accounts.sessions import ByProvider, moment
from jalons.kernel import crypto

from .federate import link_identity

PURPOSE = "accounts.id_token"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""When a provider asked for two factors, if it does not say: an export asks again."""


def check_password(request: Any, email: str, password: str) -> Account | None:
    """The account that this password opens, or None. Raises TooMany.

    An address that is nobody's takes as long as another.
    """
    account = Account.objects.filter(email__iexact=email.strip(), disabled_at=None).first()
    counters = devices.counters(request, "password", email, account.pk if account else None)
    throttle.take(*counters)
    if account is None or not account.has_usable_password():
        make_password(password)
        return None
    if not account.check_password(password):
        return None
    throttle.succeed(*counters)
    return account


def check_second_factor(request: Any, account: Account, code: str) -> bool:
    """Whether this is the application's code, or a code kept on paper. Raises TooMany."""
    counters = devices.counters(request, "code", str(account.pk), account.pk)
    throttle.take(*counters)
    if not second_factor.accept_code(account, code):
        if not second_factor.accept_recovery_code(account, code):
            return False
        record("recovery_code_used", account.pk, left=second_factor.codes_left(account))
    throttle.succeed(*counters)
    return True


def sign_in(
    request: Any, account: Account, told: Told | None = None, *, own_factor: bool = True
) -> None:
    """Opens the session, once both factors are given.

    `told`: what a provider told of its holder; `own_factor` False: it stands for both factors,
    given when it says so. Raises Taken.
    """
    by = _by_provider(account, told, own_factor=own_factor) if told else None
    sessions.open_session(request, account, by=by)
    record("signed_in", account.pk, **({"provider": told.provider} if told else {}))


def _by_provider(account: Account, told: Told, *, own_factor: bool) -> ByProvider:
    confirmed = moment() if own_factor else told.authenticated_at or NEVER
    id_token = crypto.encrypt(told.id_token.encode(), PURPOSE).hex()
    return ByProvider(link_identity(account, told), id_token, min(confirmed, moment()))
