"""Between the factors: who gave a password, kept in a session that gives no right."""

import base64
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare

from . import second_factor
from .models import Account, AccountLink
from .sessions import moment

KEY, LINK = "pending", "account_link"
PATIENCE = timedelta(minutes=15)


def hold(request: Any, account: Account, after: str = "/") -> None:
    """Notes that the password was right; the session changes its key."""
    request.session.flush()
    request.session[KEY] = {
        "account": str(account.pk),
        "secret": account.get_session_auth_hash(),
        "at": moment().isoformat(),
        "next": after,
    }


def account_of(request: Any) -> Account | None:
    """The account whose password was given less than 15 minutes ago, and has not changed since."""
    kept = request.session.get(KEY)
    if kept is None or not _recent(kept):
        return None
    account = Account.objects.filter(pk=kept["account"], disabled_at=None).first()
    if account and constant_time_compare(kept["secret"], account.get_session_auth_hash()):
        return account
    return None


def after(request: Any) -> str:
    return str(request.session[KEY]["next"])


def offered_secret(request: Any) -> str:
    """The secret offered to the application, the same until it is enrolled; encrypted at rest."""
    kept = request.session[KEY]
    if "offered" not in kept:
        offered = base64.b64encode(second_factor.enclose(second_factor.new_secret())).decode()
        request.session[KEY] = kept = {**kept, "offered": offered}
    return second_factor.disclose(base64.b64decode(kept["offered"]))


def hold_link(request: Any, link: AccountLink) -> None:
    """Notes that a link was opened: its holder may choose a password."""
    request.session.flush()
    request.session[LINK] = {
        "account": str(link.account_id),
        "purpose": link.purpose,
        "at": moment().isoformat(),
    }


def opened_by_link(request: Any) -> tuple[Account, str] | None:
    """The account and the purpose of the link opened less than 15 minutes ago."""
    kept = request.session.get(LINK)
    if kept is None or not _recent(kept):
        return None
    account = Account.objects.filter(pk=kept["account"], disabled_at=None).first()
    return (account, kept["purpose"]) if account else None


def _recent(kept: dict[str, str]) -> bool:
    return moment() - datetime.fromisoformat(kept["at"]) < PATIENCE
