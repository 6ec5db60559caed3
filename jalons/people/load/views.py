from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jalons.kernel import clock, exports

from ..entries.queries import target_days
from .lines import table
from .sheet import load_sheet


def load(request: Any) -> HttpResponse:
    context = {
        "table": table(request.actor),
        "target": target_days(request.actor.territory),
        "formats": exports.FORMATS.values(),
        "today": clock.today(),
    }
    return render(request, "people/load.html", context)


def export_load(request: Any) -> HttpResponseBase:
    suffix = request.POST.get("format", "")
    if suffix not in exports.FORMATS:
        raise Http404
    return exports.respond(
        load_sheet(request.identity.territory_name, table(request.actor)), suffix
    )
