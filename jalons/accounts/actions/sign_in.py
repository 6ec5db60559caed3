"""The two factors, each behind its counters."""

from typing import Any

from django.contrib.auth.hashers import make_password

from jalons.accounts import devices, second_factor, sessions, throttle
from jalons.accounts.events import record
from jalons.accounts.models import Account


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


def sign_in(request: Any, account: Account) -> None:
    """Opens the session, once both factors are given."""
    sessions.open_session(request, account)
    record("signed_in", account.pk)
