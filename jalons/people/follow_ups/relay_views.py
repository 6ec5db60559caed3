"""« Relais »: a référent leaves, and all their persons go on with others."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.kernel.notices import done
from jalons.kernel.templatetags.french import plural

from . import relay_queries as queries
from .actions.hand_over import MOST, hand_over_many


def relay(request: Any) -> HttpResponse:
    """Whose caseload, then who takes over, then the preview; nothing is written."""
    leavers = queries.leavers(request.actor)
    wanted = request.GET.get("de", "")
    leaver = next((one for one in leavers if str(one.account) == wanted), None)
    if leaver is None:
        consultations.record_list(request, [])
        return render(request, "people/relay.html", {"leavers": leavers})
    rows = queries.persons_of(request.actor, leaver.account)[:MOST]
    consultations.record_list(request, [row.person_id for row in rows])
    able = queries.successors(request.actor, leaver.account)
    ticked = set(request.GET.getlist("vers"))
    among = [one for one in able if str(one.mandate) in ticked]
    context = {
        "leaver": leaver,
        "able": able,
        "among": {one.mandate for one in among},
        "planned": queries.plan(rows, among) if among else [],
        "counted": len(rows),
    }
    return render(request, "people/relay_plan.html", context)


def confirm(request: Any) -> HttpResponse:
    """Does what the preview showed; what changed meanwhile is left, and named on the page."""
    if request.method != "POST":
        return redirect("people:relay")
    relays = None
    with suppress(ValueError):
        relays = queries.relays_of(request.POST.getlist("choice"))
    if relays is None or len(relays) > MOST:
        raise BadRequest("Le relais est illisible.")
    outcome = hand_over_many(request.actor, relays)
    undo = reverse("access:undo", args=[outcome.event.pk]) if outcome.event else ""
    if outcome.done:
        done(request, f"{plural(outcome.done, 'suivi passé/suivis passés')} en relais.", undo=undo)
    if not outcome.left:
        return redirect("people:relay")
    left = queries.still_followed(request.actor, outcome.left)
    consultations.record_list(request, [row.person_id for row in left])
    context = {"rows": left, "gone": len(outcome.left) - len(left), "done": outcome.done}
    return render(request, "people/relayed.html", context)
