"""What carries data away asks for the second factor again, when the last one is ten minutes old."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from jalons.access.routes import Line

from . import sessions
from .returning import detour

FRESH = timedelta(minutes=10)


def fresh(request: Any) -> bool:
    """Whether the second factor was given in the last ten minutes; the demo has none to give."""
    kept = sessions.sign_in_of(request.session)
    if kept.get("demo") and settings.DEMO:
        return True
    return bool(kept) and sessions.moment() - datetime.fromisoformat(kept["confirmed"]) < FRESH


def confirm(request: Any) -> None:
    """The second factor was just given again."""
    sessions.note(request.session, confirmed=sessions.moment().isoformat())


def gate(request: Any, line: Line) -> HttpResponse | None:
    return detour(request, "accounts:confirm") if line.fresh and not fresh(request) else None
