"""Several entries at once: chosen on the list, shared out, seen, confirmed."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.kernel.notices import done
from jalons.kernel.templatetags.french import plural
from jalons.nomenclature.queries import terms

from . import queries
from .actions.distribute import MOST, distribute
from .candidates import professionals, structures
from .forms import APPOINT, DistributionForm
from .plan import choices_of, ends, plan


def prepare(request: Any) -> HttpResponse:
    """The choice of the targets, then the preview; nothing is written.

    Read without a choice (an undo, a page loaded again), it leads to the list.
    """
    if request.method != "POST":
        return redirect("people:entries")
    found = queries.chosen_entries(request.actor, request.POST.getlist("entry"))
    consultations.record_list(request, [row.person_id for row in found])
    if not found or len(found) > MOST:
        return render(request, "people/distribute.html", {"found": found, "most": MOST}, status=422)
    members = structures(request.actor)
    sent = "mode" in request.POST
    form = DistributionForm(members, request.POST if sent else None)
    if not sent or not form.is_valid():
        context = {"found": found, "form": form, "most": MOST}
        return render(
            request, "people/distribute.html", context, status=422 if form.errors else 200
        )
    return _preview(request, found, members, form)


def _preview(request: Any, found: Any, members: Any, form: DistributionForm) -> HttpResponse:
    said = form.cleaned_data
    chosen = [one for one in members if str(one.key) in said["structure"]]
    able = professionals(chosen) if said["mode"] == APPOINT else []
    ticked = set(request.POST.getlist("professional"))
    among = [one for one in able if not ticked or str(one.mandate) in ticked]
    planned = plan(request.actor, found, chosen, among)
    context = {
        "planned": planned,
        "possible": [row for row in planned if row.place],
        "ends": ends(planned, chosen, among),
        "able": able,
        "among": {one.mandate for one in among},
        "said": said,
        "nobody": said["mode"] == APPOINT and not able,
    }
    return render(request, "people/distribution.html", context)


def confirm(request: Any) -> HttpResponse:
    """Does what the preview showed; what changed meanwhile is left, and named on the page."""
    if request.method != "POST":
        return redirect("people:entries")
    orientation, motive = (request.POST.get(name, "") for name in ("orientation_type", "motive"))
    try:
        choices = choices_of(request.POST.getlist("choice"), orientation[:20], motive[:500])
    except ValueError:
        raise BadRequest("La répartition est illisible.") from None
    if len(choices) > MOST or orientation not in {one.code for one in terms("orientation_type")}:
        raise BadRequest("La répartition est trop longue, ou sans type d’orientation.")
    outcome = distribute(request.actor, choices)
    undo = reverse("access:undo", args=[outcome.event.pk]) if outcome.event else ""
    if outcome.given:
        done(request, f"{plural(outcome.given, 'entrée attribuée/entrées attribuées')}.", undo=undo)
    if not outcome.left:
        return redirect("people:entries")
    left = queries.chosen_entries(request.actor, map(str, outcome.left))
    consultations.record_list(request, [row.person_id for row in left])
    context = {
        "rows": queries.lines(request.actor, left),
        "gone": len(outcome.left) - len(left),
        "given": outcome.given,
    }
    return render(request, "people/distributed.html", context)
