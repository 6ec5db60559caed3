"""A browser that signed in before: it keeps its own counter of tries.

A stranger who tries an account's password slows strangers down, never its owner at their desk. The
cookie is signed, names an account and a number, and gives no right.
"""

import secrets
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from . import throttle
from .origin import address_of
from .throttle import Counter

COOKIE = "__Host-jalons-appareil" if settings.SECURE else "jalons-appareil"
AGE = 365 * 24 * 3600
SALT = "jalons.accounts.device"


def remember(response: HttpResponse, account: UUID) -> None:
    """Called once the account's owner is known: by both factors, or by a link to their mailbox."""
    value = signing.dumps({"account": str(account), "device": secrets.token_hex(8)}, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=AGE, httponly=True, secure=settings.SECURE, samesite="Lax"
    )


def counters(request: Any, what: str, name: str, account: UUID | None) -> tuple[Counter, ...]:
    """The counters of a try at `what`: the device's own, or the account's and the address's."""
    device = _known(request, account) if account else ""
    if device:
        return (throttle.of_device(what, device),)
    return throttle.of_account(what, name), throttle.of_address(what, address_of(request))


def _known(request: Any, account: UUID) -> str:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return ""
    return str(kept["device"]) if kept["account"] == str(account) else ""
