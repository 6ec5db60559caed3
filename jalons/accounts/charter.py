"""The confidentiality charter: no page opens before its present version is accepted.

Its text is `templates/accounts/charter_text.html`; a change of substance takes a new VERSION, the
day of the text, and everybody is asked again.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from jalons.access.routes import Line

from . import sessions
from .models import CharterAcceptance
from .returning import detour

VERSION = "2026-11-23"


def acceptance(account: UUID) -> CharterAcceptance | None:
    """The account's acceptance of the present version."""
    return CharterAcceptance.objects.filter(account=account, version=VERSION).first()


def gate(request: Any, line: Line) -> HttpResponse | None:
    if line.threshold or sessions.sign_in_of(request.session).get("charter") == VERSION:
        return None
    return detour(request, "accounts:charter")
