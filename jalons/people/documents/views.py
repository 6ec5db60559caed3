from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.access.consultations import Opened
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import REVEAL
from jalons.kernel.middleware import SANDBOXED
from jalons.kernel.notices import done

from .. import queries as people
from ..circle import Circle
from ..models import Document
from . import queries
from .actions.add_document import NewDocument, add_document
from .actions.change_level import change_document_level
from .actions.withdraw_document import restore_document, withdraw_document
from .contents import content_of
from .facts import DocumentFacts
from .forms import DocumentForm, ReadersForm
from .neutral.bounds import SUFFIXES, Unusable
from .rules import ADD, READINGS, Reading, file_name


def documents(request: Any, person: Circle) -> HttpResponse:
    return render(request, "people/documents.html", _page(request, person))


def reveal(request: Any, person: Circle) -> HttpResponse:
    """The same page with what is restricted or sealed, once: the route recorded it."""
    context = _page(request, person, revealed=True)
    if queries.has_sealed(context["groups"]):
        opened = Opened("people:reveal_documents", READ, Level.SEALED, "reads_sealed")
        consultations.record(request.actor, opened, person=person.key)
    return render(request, "people/documents.html", context)


def add(request: Any, person: Circle) -> HttpResponse:
    readings = _readings(request, person)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, readings=readings, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and _added(request, person, form):
        done(request, "Document ajouté.")
        return redirect("people:documents", person.key)
    context = {"form": form, "person": person, "name": str(people.person(person))}
    status = 422 if form.errors else 200
    return render(request, "people/add_document.html", context, status=status)


def download(request: Any, document: DocumentFacts) -> HttpResponse:
    """The file, to be kept and never shown by the browser: the route recorded the consultation."""
    row, content = queries.document(document), content_of(document.key)
    if content is None:
        raise Http404
    name = file_name(row.kind, document.level, SUFFIXES[row.media_type])
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": SANDBOXED,
    }
    return HttpResponse(content, content_type=row.media_type, headers=headers)


def withdraw(request: Any, document: DocumentFacts) -> HttpResponse:
    withdraw_document(request.actor, document.key)
    undo = reverse("people:restore_document", args=[document.key])
    done(request, "Document retiré.", undo=undo)
    return redirect("people:documents", document.circle.key)


def restore(request: Any, document: DocumentFacts) -> HttpResponse:
    restore_document(request.actor, document.key)
    done(request, "Le document est remis.")
    return redirect("people:documents", document.circle.key)


def change_level(request: Any, document: DocumentFacts) -> HttpResponse:
    row = queries.document(document)
    sent = (request.POST,) if request.method == "POST" else ()
    form = ReadersForm(
        *sent,
        readings=_readings(request, document.circle, row),
        kind=row.kind,
        initial={"reading": Reading(document.level, document.domain).code},
    )
    if request.method == "POST" and form.is_valid():
        change_document_level(request.actor, document.key, form.chosen)
        done(request, "Les lecteurs du document sont changés.")
        return redirect("people:documents", document.circle.key)
    context = {"form": form, "person": document.circle, "row": row}
    status = 422 if form.errors else 200
    return render(request, "people/document_readers.html", context, status=status)


def _added(request: Any, person: Circle, form: DocumentForm) -> bool:
    data = form.cleaned_data
    new = NewDocument(data["kind"], form.content, form.chosen, data["title"])
    try:
        add_document(request.actor, person.key, new)
    except Unusable as refusal:
        form.add_error("file" if data.get("file") else "photo", str(refusal))
        return False
    return True


def _initial(request: Any) -> dict[str, str]:
    """What the page that leads here proposes."""
    return {"kind": request.GET.get("nature", "")[:20]}


def _readings(request: Any, person: Circle, row: Document | None = None) -> tuple[Reading, ...]:
    """What the actor may choose; a document becomes private by its author's choice alone."""
    return tuple(
        reading
        for reading in READINGS
        if decide(request.actor, ADD, person, reading.level, domain=reading.domain)
        and (
            row is None or reading.level != Level.PRIVATE or row.account_id == request.actor.account
        )
    )


def _page(request: Any, person: Circle, *, revealed: bool = False) -> dict[str, Any]:
    actor = request.actor
    return {
        "person": person,
        "name": str(people.person(person)),
        "groups": queries.groups(actor, person, revealed=revealed),
        "is_revealed": revealed,
        "may_reveal": decide(actor, REVEAL, person, Level.RESTRICTED),
        "may_add": decide(actor, ADD, person),
    }
