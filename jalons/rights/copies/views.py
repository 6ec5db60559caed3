from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from jalons.access.decisions import decide
from jalons.access.table import RECORD_REQUEST
from jalons.kernel import clock
from jalons.kernel.notices import done
from jalons.people.circle import Circle

from .ask import ask_export, give
from .facts import ExportFacts


def export(request: Any, person: Circle) -> HttpResponse:
    ask_export(request.actor, person.key)
    done(request, "Copie demandée : une alerte vous dira qu’elle est prête.")
    if decide(request.actor, RECORD_REQUEST, person):
        return redirect("rights:person", person.key)
    return redirect("rights:requests")


def download(request: Any, stored_export: ExportFacts) -> HttpResponse:
    """A neutral name: nothing of the person in it."""
    content = give(request.actor, stored_export.key)
    response = HttpResponse(content, content_type="application/zip")
    name = f"copie-{clock.today().isoformat()}.zip"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
