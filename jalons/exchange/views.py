from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRefresh

from jalons.access import consultations
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.kernel import exports
from jalons.kernel.navigation import address_of
from jalons.kernel.pagination import keyset_page
from jalons.territories.queries import organizations as organizations_of

from . import queries, sheets
from .actions.apply_import import apply_import
from .actions.cancel_import import cancel_import
from .actions.map_columns import map_columns as map_columns_of
from .actions.upload_file import SentFile, TooManyWaiting, upload_file
from .contents import Erased
from .differences import changing_rows
from .differences import differences as differences_of
from .files.authority import COLUMNS, NotAllowed
from .files.bounds import Unreadable
from .files.persons.registered import PERSONS
from .forms import MappingForm, UploadForm
from .models import Import
from .relations import ImportFacts
from .rules import AS_RECEIVED, IMPORT, KINDS, MOST_WAITING, RUNNING, UNMAPPED

PROPOSED = 8
"""Organizations proposed while somebody types."""
PHASES = {
    "unmapped": "mapping",
    "received": "checking",
    "checked": "preview",
    "applying": "applying",
}
"""The part of the page of each state; the others show what became of the file."""


def imports(request: Any) -> HttpResponse:
    page = keyset_page(queries.history(request.actor), ("-id",), cursor=request.GET.get("page"))
    context = {"page": page, "lines": queries.lines(request.actor, page.items)}
    return render(request, "exchange/imports.html", context)


def upload(request: Any) -> HttpResponse:
    manages = request.actor.role == Role.MANAGER
    if request.method != "POST":
        return _upload_page(request, UploadForm(manages=manages))
    form = UploadForm(request.POST, request.FILES, manages=manages)
    sent = _send(request, form) if form.is_valid() else None
    return redirect("exchange:file_import", sent.pk) if sent else _upload_page(request, form)


def _send(request: Any, form: UploadForm) -> Import | None:
    """None when the file is refused: the form then says why."""
    file, organization = form.cleaned_data["file"], form.cleaned_data.get("organization", "")
    sent = SentFile(form.cleaned_data["kind"], file.name, file, organization)
    try:
        return upload_file(request.actor, sent)
    except Unreadable as refusal:
        form.add_error("file", str(refusal))
    except NotAllowed as refusal:
        form.add_error("organization" if "organization" in form.fields else None, str(refusal))
    except TooManyWaiting:
        form.add_error(
            None,
            f"{MOST_WAITING} de vos fichiers attendent déjà. Importez-les ou annulez-les d’abord.",
        )
    return None


def _upload_page(request: Any, form: UploadForm) -> HttpResponse:
    filled_in = [(kind, label) for kind, label in KINDS.items() if kind not in AS_RECEIVED]
    context = {
        "form": form,
        "columns": [(kind, label, COLUMNS[kind]) for kind, label in filled_in],
        "kinds": filled_in,
        "formats": sheets.SHEETS.values(),
    }
    status = 422 if form.errors else 200
    return render(request, "exchange/upload.html", context, status=status)


def model(request: Any) -> HttpResponseBase:
    """An empty file to fill in."""
    kind, suffix = request.POST.get("kind", ""), request.POST.get("format", "")
    if kind not in KINDS or kind in AS_RECEIVED or suffix not in sheets.SHEETS:
        raise Http404
    return exports.respond(sheets.model_sheet(kind), suffix)


def organizations(request: Any) -> JsonResponse:
    """What the field of the organization proposes."""
    found = organizations_of(request.actor, request.GET.get("q", "")[:100])[:PROPOSED]
    results = [{"value": row.siret, "label": row.name, "hint": row.city} for row in found]
    return JsonResponse({"results": results})


def file_import(request: Any, file_import: ImportFacts) -> HttpResponse:
    """One import: being checked, to be confirmed, being imported, or its report."""
    found = queries.import_of(file_import.key)
    if request.htmx.target == "progress" and found.state not in RUNNING:
        return HttpResponseClientRefresh()
    context = {
        "found": found,
        "kind": KINDS[found.kind],
        "about": queries.about(found),
        "state": IMPORT.states[found.state],
        "phase": PHASES.get(found.state, "report" if found.started_at else "ended"),
        "progress": queries.progress_of(found) if found.state in RUNNING else None,
        **(_told(request, found) if "created" in found.counts else {}),
        **({"form": _mapping(request, found)} if found.state == UNMAPPED else {}),
    }
    return render(request, "exchange/file_import.html", context)


def _mapping(request: Any, found: Import) -> MappingForm:
    headers, missing = queries.unnamed_columns(found)
    return MappingForm(missing, headers, request.POST or None)


def map_columns(request: Any, file_import: ImportFacts) -> HttpResponse:
    """Says which column of the file is which of ours."""
    found = queries.import_of(file_import.key)
    if found.state != UNMAPPED:
        return redirect("exchange:file_import", found.pk)
    form = _mapping(request, found)
    if form.is_valid():
        try:
            map_columns_of(request.actor, found.pk, form.chosen)
        except Unreadable as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("exchange:file_import", found.pk)
    context = {"found": found, "phase": PHASES[UNMAPPED], "form": form}
    return render(request, "exchange/file_import.html", context, status=422)


def differences(request: Any, file_import: UUID) -> HttpResponse:
    """What is known of the persons of one's own file, beside what it says anew."""
    found = queries.own_import(request.actor, file_import)
    if found is None:
        raise Http404
    page = keyset_page(changing_rows(found), ("number", "id"), cursor=request.GET.get("page"))
    try:
        rows, persons = differences_of(request.actor, found, page.items)
    except Erased:
        return redirect("exchange:file_import", found.pk)
    consultations.record_list(request, sorted(persons))
    context = {"found": found, "about": queries.about(found), "page": page, "rows": rows}
    return render(request, "exchange/differences.html", context)


def _told(request: Any, found: Import) -> dict[str, Any]:
    """What is said of the rows, before and after."""
    which = request.GET.get("voir", "")
    rows = queries.remarked_rows(found, which)
    page = keyset_page(rows, ("number", "id"), cursor=request.GET.get("page"))
    checked = found.state == "checked"
    return {
        "which": which if which in ("erreurs", "alertes") else "",
        "page": page,
        "remarks": queries.remarks(found, page.items),
        "columns": queries.SHOWN[found.kind],
        "first": queries.first_rows(found) if checked else [],
        "before": queries.sent_before(found) if checked else None,
        "persons": found.kind in PERSONS,
        "note": PERSONS[found.kind].note if found.kind in PERSONS else "",
        "as_received": found.kind in AS_RECEIVED,
        "created": queries.created(found) if found.kind == "structures" else [],
        "left_out": found.counts["rejected"] + found.counts["ambiguous"],
        "team": address_of("territories:team"),
        "formats": sheets.SHEETS.values(),
    }


def apply(request: Any, file_import: ImportFacts) -> HttpResponse:
    try:
        apply_import(request.actor, file_import.key)
    except (Impossible, Unreadable) as refusal:
        messages.error(request, str(refusal))
    return redirect("exchange:file_import", file_import.key)


def cancel(request: Any, file_import: ImportFacts) -> HttpResponse:
    try:
        cancel_import(request.actor, file_import.key)
    except Impossible as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "L’import est annulé.")
    return redirect("exchange:file_import", file_import.key)


def left_out(request: Any, file_import: ImportFacts) -> HttpResponseBase:
    """The rows left out, to correct and send again."""
    suffix = request.POST.get("format", "")
    if suffix not in sheets.SHEETS:
        raise Http404
    found = queries.import_of(file_import.key)
    try:
        return exports.respond(
            sheets.left_out_sheet(found, request.identity.territory_name), suffix
        )
    except Erased:
        messages.error(request, "Le fichier a été effacé : renvoyez-le pour le corriger.")
        return redirect("exchange:file_import", found.pk)
