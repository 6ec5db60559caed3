"""Between the factors: who gave a password, or whom a provider recognised; no right yet."""

import base64
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare

from . import second_factor
from .federation.tokens import Told, disclosed
from .models import Account, AccountLink
from .sessions import moment

KEY, LINK, TOLD, FACTOR = "pending", "account_link", "told", "new_factor"
PATIENCE = timedelta(minutes=15)


def hold(request: Any, account: Account, after: str = "/", told: Told | None = None) -> None:
    """Notes that the first factor was right; the session changes its key."""
    allowed = request.session.get(FACTOR)
    request.session.flush()
    if allowed:
        request.session[FACTOR] = allowed
    request.session[KEY] = {
        "account": str(account.pk),
        "secret": account.get_session_auth_hash(),
        "at": moment().isoformat(),
        "next": after,
        "told": told.enclosed() if told else "",
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


def told_of(request: Any) -> Told | None:
    """What a provider told of the account that is awaited, if one did."""
    kept = request.session[KEY].get("told")
    return disclosed(kept) if kept else None


def hold_told(request: Any, told: Told, after: str) -> None:
    """Notes an identity that opens no account yet: its holder says which one is theirs."""
    request.session.flush()
    at = moment().isoformat()
    request.session[TOLD] = {"told": told.enclosed(), "next": after, "at": at}


def held_told(request: Any) -> tuple[Told, str] | None:
    """The identity noted less than 15 minutes ago, and where its holder was going."""
    kept = request.session.get(TOLD)
    return (disclosed(kept["told"]), kept["next"]) if kept and _recent(kept) else None


def allow_new_factor(request: Any, account: Account) -> None:
    """Notes that a link allowed the account another second factor, once it has signed in again."""
    request.session.flush()
    request.session[FACTOR] = {"account": str(account.pk), "at": moment().isoformat()}


def replaces_factor(request: Any, account: Account) -> bool:
    kept = request.session.get(FACTOR)
    return bool(kept) and kept["account"] == str(account.pk) and _recent(kept)


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
