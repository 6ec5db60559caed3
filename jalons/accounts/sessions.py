"""The life of a session: 30 minutes without a page, 12 hours in all; its owner's list.

These delays are counted in real time: a journey in time of the demo moves files, not sessions.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import auth

from jalons.kernel import clock

from .models import Account, CharterAcceptance, FederatedIdentity, Session
from .origin import address_of, device_of
from .session_store import SIGN_IN

IDLE = timedelta(minutes=30)
LIFE = timedelta(hours=12)
PRECISION = timedelta(minutes=1)
"""A session seen less than this ago is not written again."""
BACKEND = "jalons.accounts.backends.LocalBackend"


@dataclass(frozen=True)
class OwnSession:
    """One open session as its owner sees it; `handle` names it without giving its key."""

    handle: str
    device: str
    address: str
    started_at: datetime
    seen_at: datetime
    current: bool
    provider: str
    """Who opened it, when a provider did."""


def moment() -> datetime:
    """Now, wherever the demo's clock has gone."""
    return clock.now() - clock.demo_shift()


@dataclass(frozen=True)
class ByProvider:
    """How a provider opened a session. `confirmed`: when it asked for two factors, if it says so.

    `id_token` is encrypted: it is given back to the provider when its owner signs out.
    """

    identity: FederatedIdentity
    id_token: str
    confirmed: datetime


def open_session(
    request: Any, account: Account, *, demo: bool = False, by: ByProvider | None = None
) -> None:
    """A new session under a new key; nothing of the one before stays."""
    request.session.flush()
    auth.login(request, account, backend=BACKEND)
    begin(request.session, account, device_of(request), address_of(request), demo=demo)
    if by:
        confirmed = by.confirmed.isoformat()
        identity = str(by.identity.pk)
        note(request.session, identity=identity, id_token=by.id_token, confirmed=confirmed)


def open_again(request: Any, account: Account) -> None:
    """The same sign-in under a new key, once the secret that sessions depend on has changed."""
    kept = sign_in_of(request.session)
    open_session(request, account)
    names = ("confirmed", "identity", "id_token")
    note(request.session, **{name: kept.get(name, "") for name in names})


def begin(
    session: Any, account: Account, device: str = "", address: str = "", *, demo: bool = False
) -> None:
    """Starts the clocks of a session in which the second factor was just given."""
    now = moment().isoformat()
    latest = CharterAcceptance.objects.filter(account=account).order_by("-accepted_at").first()
    session[SIGN_IN] = {
        "started": now,
        "seen": now,
        "confirmed": now,
        "device": device,
        "address": address,
        "charter": latest.version if latest else "",
        "demo": demo,
        "identity": "",
        "id_token": "",
    }


def alive(session: Any, *, by_itself: bool = False) -> bool:
    """Whether a session may go on; if so, it has now been seen, unless a page asked by itself."""
    kept = session.get(SIGN_IN)
    if kept is None:
        return False
    now = moment()
    seen, started = (datetime.fromisoformat(kept[name]) for name in ("seen", "started"))
    if now - seen >= IDLE or now - started >= LIFE:
        return False
    if now - seen >= PRECISION and not by_itself:
        note(session, seen=now.isoformat())
    return True


def note(session: Any, **values: str) -> None:
    session[SIGN_IN] = {**session[SIGN_IN], **values}


def sign_in_of(session: Any) -> dict[str, Any]:
    """What was kept of the sign-in; empty when nobody is signed in."""
    return dict(session.get(SIGN_IN) or {})


def identity_of(session: Any) -> FederatedIdentity | None:
    """The identity that opened the session, when a provider did."""
    key = sign_in_of(session).get("identity")
    found = FederatedIdentity.objects.filter(pk=key) if key else None
    return found.select_related("provider").first() if found is not None else None


def own_sessions(account: UUID, current_key: str | None) -> list[OwnSession]:
    """The open sessions of an account, the last seen first."""
    return [_own(row, current_key) for row in _open(account)]


def end(account: UUID, handle: str) -> int:
    """Ends one session of the account at its next request; 0 when it is over already."""
    keys = [row.session_key for row in _open(account) if _handle(row.session_key) == handle]
    return Session.objects.filter(session_key__in=keys).delete()[0]


def end_others(account: UUID, current_key: str | None) -> int:
    """Ends every session of the account but this one."""
    others = Session.objects.filter(account=account).exclude(session_key=current_key or "")
    return others.delete()[0]


def _open(account: UUID) -> "list[Session]":
    now = moment()
    found = Session.objects.filter(
        account=account, started_at__gt=now - LIFE, seen_at__gt=now - IDLE
    )
    found = found.select_related("identity__provider")
    return list(found.order_by("-seen_at", "session_key"))


def _own(row: Session, current_key: str | None) -> OwnSession:
    assert row.started_at
    assert row.seen_at
    return OwnSession(
        _handle(row.session_key),
        row.device,
        row.address or "",
        row.started_at,
        row.seen_at,
        row.session_key == current_key,
        row.identity.provider.label if row.identity else "",
    )


def _handle(key: str) -> str:
    return hashlib.sha256(f"session {key}".encode()).hexdigest()[:32]
