"""The cookie that an invitation's link is exchanged for: it survives the sign-in."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse

from ..models import Invitation
from .actions.answer_invitation import of_session
from .rules import VALIDITY

COOKIE = "__Host-jalons-invitation" if settings.SECURE else "jalons-invitation"


def keep(response: HttpResponse, session: str) -> None:
    response.set_cookie(
        COOKIE,
        session,
        max_age=VALIDITY,
        httponly=True,
        secure=settings.SECURE,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def invitation_of(request: Any) -> Invitation | None:
    """The invitation in hand, if it can still be accepted."""
    found = held_by(request)
    return found if found and found.state == "sent" else None


def held_by(request: Any) -> Invitation | None:
    """The invitation whose link was opened from this browser, whatever became of it."""
    return of_session(request.COOKIES.get(COOKIE, ""))
