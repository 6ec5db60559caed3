"""What stands between a session and a page: a mandate that ended, an invitation to answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access.routes import Line

from .actors import SAFE
from .team.invitation_cookie import invitation_of


def ended_mandate(request: Any, line: Line) -> HttpResponse | None:
    """A form opened under a mandate that is over is refused, and says so."""
    if line.audience != "policy" or not getattr(request, "mandate_ended", False):
        return None
    return render(request, "territories/mandate_ended.html", status=403)


def open_invitation(request: Any, line: Line) -> HttpResponse | None:
    """Whoever signs in without any mandate, an invitation of theirs in hand, answers it first."""
    home = request.method in SAFE and request.resolver_match.view_name == "desk:home"
    found = invitation_of(request) if home and request.actor.mandate is None else None
    if found and found.email.casefold() == request.identity.email.casefold():
        return redirect("territories:invitation_answer")
    return None
