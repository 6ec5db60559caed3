from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access.decisions import Refused, decide
from jalons.access.table import SEE_EXPORTS
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done
from jalons.kernel.pagination import keyset_page
from jalons.territories.relations import ConsortiumFacts

from . import queries
from .actions import destroy as destroy_export
from .facts import ListExportFacts

ORDER = ("-recorded_at", "-id")


def exports(request: Any) -> HttpResponse:
    actor = request.actor
    page = keyset_page(queries.own_exports(actor), ORDER, cursor=request.GET.get("page"))
    everybody = decide(actor, SEE_EXPORTS, ConsortiumFacts(actor.territory or 0))
    context = {"page": page, "lines": queries.own_lines(page.items), "everybody": everybody}
    return render(request, "rights/exports.html", context)


def territory_exports(request: Any) -> HttpResponse:
    try:
        found = queries.of_the_territory(request.actor)
    except Refused:
        raise Http404 from None
    page = keyset_page(found, ORDER, cursor=request.GET.get("page"))
    late = queries.late(found)
    context = {
        "page": page,
        "lines": queries.lines(page.items),
        "late": queries.lines(late[: queries.SHOWN_LATE]),
        "count": late.count(),
    }
    return render(request, "rights/territory_exports.html", context)


def destroy(request: Any, list_export: ListExportFacts) -> HttpResponse:
    try:
        event = destroy_export(request.actor, list_export.key)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "Fichier noté détruit.", undo=reverse("access:undo", args=[event.pk]))
    return redirect("rights:exports")
