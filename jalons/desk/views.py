from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations, exporting
from jalons.access.roles import Role
from jalons.journal.notifications import mark_read
from jalons.kernel import clock, exports
from jalons.kernel.pagination import keyset_page
from jalons.kernel.templatetags.french import thousands
from jalons.people.quality.queries import completes
from jalons.territories.consortium.queries import to_set_up

from . import queries
from .alerts import alerts as alerts_of
from .caseload_sheet import caseload_sheet


def home(request: Any) -> HttpResponse:
    if to_set_up(request.actor):
        return redirect("territories:setup")
    if request.actor.role in {Role.DISPATCHER, Role.CLERK}:
        return redirect("people:entries")
    if request.actor.role in queries.TITLES:
        return redirect("desk:caseload")
    return render(request, "desk/welcome.html", {"in_a_territory": bool(request.actor.territory)})


def alerts(request: Any) -> HttpResponse:
    if request.method == "POST":
        mark_read(request.actor.account, _keys(request.POST.getlist("notification")))
        return redirect("desk:alerts")
    return render(request, "desk/alerts.html", {"alerts": alerts_of(request.actor)})


def _keys(values: list[str]) -> list[UUID]:
    """The keys among what a form sent; anything else is nobody's."""
    found = []
    for value in values:
        with suppress(ValueError):
            found.append(UUID(value))
    return found


def caseload(request: Any) -> HttpResponse:
    chosen = queries.filter_of(request.GET.get("filtre", ""))
    found = queries.filtered_caseload(request.actor, chosen)
    page = keyset_page(found, ("sort_key", "id"), cursor=request.GET.get("page"), keys_first=True)
    consultations.record_list(request, [person.pk for person in page.items])
    context = {
        "title": queries.TITLES[request.actor.role],
        "empty": queries.EMPTY[request.actor.role],
        "page": page,
        "rows": queries.lines(request.actor, page.items),
        "columns": ["Personne", "Date de naissance", "Référent de parcours"],
        "chosen": chosen,
        "filters": queries.filters_for(request.actor),
        "formats": exports.FORMATS.values(),
        "today": clock.today(),
        "completes": completes(request.actor),
    }
    return render(request, "desk/caseload.html", context)


@exporting.with_purpose
def export_caseload(request: Any) -> HttpResponseBase:
    """Exactly the rows filtered on screen; the consultation names every one of them."""
    chosen = queries.filter_of(request.POST.get("filtre", ""))
    persons = list(queries.filtered_caseload(request.actor, chosen))
    consultations.record_list(request, [person.pk for person in persons])
    title = queries.TITLES[request.actor.role]
    territory = request.identity.territory_name
    file = caseload_sheet(request.actor, title, territory, persons, chosen)
    try:
        return exporting.respond(request, file)
    except exports.TooManyRows as error:
        messages.error(
            request,
            f"Ce format contient {thousands(error.limit)} lignes au plus, et la liste en compte"
            f" {thousands(len(persons))}. Choisissez un tableur, ou filtrez la liste.",
        )
        return redirect(reverse("desk:caseload") + f"?filtre={chosen.name}")
