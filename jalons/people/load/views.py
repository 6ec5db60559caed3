from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from jalons.access import exporting
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


@exporting.with_purpose
def export_load(request: Any) -> HttpResponseBase:
    sheet = load_sheet(request.identity.territory_name, table(request.actor))
    return exporting.respond(request, sheet)
