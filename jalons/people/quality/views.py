"""« Qualité des données »: one list at a time, the others by their count."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations, exporting
from jalons.kernel import clock, exports
from jalons.kernel.pagination import keyset_page
from jalons.territories import settings

from ..pairs.queries import pair_lines
from . import queries
from .queries import CONTACTS, DUPLICATES, STATUSES, TITLES
from .settings import STATUS_TO_CONFIRM
from .sheet import quality_sheet

OWN_FILES = "Ce qui manque aux dossiers que vous suivez."
OTHERS_FILES = "Ce que les référents ont à corriger dans leurs dossiers."
SAME_PERSON = (
    "Examinez les paires une à une : une seule personne, réunissez ses dossiers ; deux personnes,"
    " jumeaux ou homonymes, distinguez-les, la paire ne sera plus proposée."
)
ADVICE = {
    DUPLICATES: (SAME_PERSON, SAME_PERSON),
    CONTACTS: (
        "Ouvrez le dossier pour ajouter un contact, ou pour noter que la personne n’en a pas.",
        "Le référent ajoute un contact dans le dossier, ou y note que la personne n’en a pas.",
    ),
    STATUSES: (
        "Ouvrez le dossier : confirmez le statut, corrigez ses dates ou mettez-y fin.",
        "Le référent confirme le statut dans le dossier, corrige ses dates ou y met fin.",
    ),
}
REFERENT = "Référent de parcours"
COLUMNS = {
    DUPLICATES: [],
    CONTACTS: ["Personne", REFERENT],
    STATUSES: ["Personne", "À confirmer", REFERENT],
}
WIDTHS: dict[str, list[int]] = {DUPLICATES: [], CONTACTS: [44, 56], STATUSES: [34, 32, 34]}


def quality(request: Any) -> HttpResponse:
    actor, names = request.actor, queries.lists_of(request.actor)
    said = request.GET.get("liste")
    counts = queries.counts(actor, [name for name in names if name != said])
    first = next((name for name in names if counts.get(name)), names[0])
    chosen = _chosen(said, names, first)
    found = queries.rows_of(actor, chosen)
    page = keyset_page(found, queries.order_of(chosen), cursor=request.GET.get("page"))
    counts[chosen] = min(page.total, queries.MOST)
    context = {
        "page": page,
        "chosen": chosen,
        "title": TITLES[chosen],
        "figures": [(name, queries.figure(name, counts[name]), counts[name]) for name in names],
        "head": "Qualité des données" if queries.is_steward(actor) else "Dossiers à compléter",
        **_said(chosen, corrects=queries.corrects(actor)),
        "delay": settings.value(actor.territory, STATUS_TO_CONFIRM.key, clock.today()),
        "formats": exports.FORMATS.values(),
        "today": clock.today(),
    }
    context["rows"] = _lines(request, chosen, page.items)
    return render(request, "people/quality.html", context)


def _said(chosen: str, *, corrects: bool) -> dict[str, Any]:
    """What the page says: who corrects does it here, the others tell the référents."""
    return {
        "lead": OWN_FILES if corrects else OTHERS_FILES,
        "advice": ADVICE[chosen][0 if corrects else 1],
        "columns": COLUMNS[chosen],
        "widths": WIDTHS[chosen],
    }


def _chosen(said: str | None, names: list[str], otherwise: str) -> str:
    return said if said in names else otherwise


def _lines(request: Any, chosen: str, rows: list[Any]) -> list[Any]:
    """The lines of a page; the consultation names everybody they show."""
    consultations.record_list(request, _people(chosen, rows))
    if chosen == DUPLICATES:
        return pair_lines(request.actor, rows)
    return queries.person_lines(request.actor, rows, statuses=chosen == STATUSES)


def _people(chosen: str, rows: list[Any]) -> list[UUID]:
    if chosen == DUPLICATES:
        return [key for row in rows for key in (row.person_id, row.other_id)]
    return [row.pk for row in rows]


@exporting.with_purpose
def export_quality(request: Any) -> HttpResponseBase:
    """The whole list of the screen; the consultation names every one of them."""
    names = queries.lists_of(request.actor)
    chosen = _chosen(request.POST.get("liste"), names, names[0])
    rows = list(queries.rows_of(request.actor, chosen))
    consultations.record_list(request, _people(chosen, rows))
    file = quality_sheet(request.actor, request.identity.territory_name, chosen, rows)
    try:
        return exporting.respond(request, file)
    except exports.TooManyRows:
        messages.error(request, "La liste est trop longue pour ce format. Choisissez un tableur.")
        return redirect(f"{reverse('people:quality')}?{urlencode({'liste': chosen})}")
