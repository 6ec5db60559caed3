from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.access.consultations import Opened
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import APPOINT, ASK_REORIENTATION, BREAK_GLASS, HAND_OVER, REVEAL
from jalons.kernel import clock
from jalons.kernel.notices import done

from .. import queries
from ..circle import Circle
from .actions.protect import protect as protect_person
from .actions.send_link import send_link as send_link_to


def identity(request: Any, person: Circle) -> HttpResponse:
    return render(request, "people/identity.html", _identity(request, person))


def reveal(request: Any, person: Circle) -> HttpResponse:
    """The same page with the restricted facts, once: the route recorded the consultation."""
    revealed = queries.revealed_statuses(request.actor, person, clock.today())
    if any(status.level == Level.SEALED for status in revealed):
        opened = Opened("people:reveal", READ, Level.SEALED, "reads_sealed")
        consultations.record(request.actor, opened, person=person.key)
    context = _identity(request, person) | {"revealed": revealed, "is_revealed": True}
    return render(request, "people/identity.html", context)


def masked(request: Any, person: Circle) -> HttpResponse:
    context = {
        "line": queries.masked_line(request.actor, person),
        "person": person,
        "may_break_glass": decide(request.actor, BREAK_GLASS, person),
        "may_read": decide(request.actor, READ, person, Level.IDENTITY),
    }
    return render(request, "people/masked.html", context)


def protect(request: Any, person: Circle) -> HttpResponse:
    if request.POST.get("protected") not in {"0", "1"}:
        raise BadRequest("La protection voulue manque.")
    wanted = request.POST["protected"] == "1"
    protect_person(request.actor, person.key, wanted)
    done(request, "Protection activée." if wanted else "Protection levée.")
    return redirect("people:identity", person.key)


def send_link(request: Any, person: Circle) -> HttpResponse:
    """Shows the address and the code, once: they are not stored."""
    sent = send_link_to(request.actor, person.key)
    address = settings.BASE_URL + reverse("access:link", args=[sent.token])
    context = {"address": address, "code": sent.code, "person": person, "link": sent.link}
    return render(request, "people/link_sent.html", context)


def own_identity(request: Any, person: Circle) -> HttpResponse:
    row = queries.person(person)
    context = {"person": row, "commune": queries.shown_communes([row])[row.pk]}
    return render(request, "people/own_identity.html", context)


def _waits_for_them(actor: Any, circle: Circle) -> bool:
    """Whether an entry given to a structure waits for the first interview that the actor holds."""
    given = any(door.waiting and door.opened and door.assigned for door in circle.doors)
    return given and bool(decide(actor, "people.hold_first_interview", circle))


def _identity(request: Any, circle: Circle) -> dict[str, Any]:
    actor, row = request.actor, queries.person(circle)
    return {
        "circle": circle,
        "person": row,
        "name": str(row),
        "commune": queries.shown_communes([row])[row.pk],
        "followers": queries.followers(actor, circle),
        "statuses": queries.statuses(actor, circle, clock.today()),
        "follow_up": queries.own_follow_up(actor, circle),
        "urgent": queries.urgent_accesses(actor, circle),
        "reason": request.decision.reason,
        "may_choose_referent": decide(actor, HAND_OVER if circle.referent else APPOINT, circle),
        "may_reorient": not circle.reorientation and decide(actor, ASK_REORIENTATION, circle),
        "may_interview": _waits_for_them(actor, circle),
        "shared": decide(actor, READ, circle, Level.SHARED),
        "may_reveal": decide(actor, REVEAL, circle, Level.RESTRICTED),
        "may_send_link": decide(actor, "people.send_link", circle),
        "may_protect": decide(actor, "people.protect", circle),
    }
