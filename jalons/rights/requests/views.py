from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from jalons.access import consultations
from jalons.access.actor import Actor
from jalons.access.consultations import Opened
from jalons.access.decisions import Refused, decide
from jalons.access.table import EXPORT_FILE, READ_CONSULTATIONS
from jalons.access.transitions import Impossible
from jalons.kernel import clock
from jalons.kernel.notices import done
from jalons.kernel.pagination import keyset_page
from jalons.people.circle import Circle
from jalons.people.merging.queries import of_file

from ..copies.queries import own_copies
from ..erasure.ask import ask_erasure
from ..retention import actions as clocks
from . import queries
from .actions import Answered, Asked, NotThatDay, answer_request, record_request
from .facts import RequestFacts
from .forms import AnswerForm, HoldForm, RequestForm

Rows = TypeVar("Rows", bound=Model)


def person(request: Any, person: Circle) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = RequestForm(data, initial={"received_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            record_request(request.actor, person.key, Asked(**form.cleaned_data))
        except NotThatDay:
            form.add_error("received_on", "La demande est reçue aujourd’hui ou avant.")
        else:
            done(request, "Demande enregistrée.")
            return redirect("rights:person", person.key)
    referent = decide(request.actor, READ_CONSULTATIONS, person)
    context = {
        "person": person,
        "form": form,
        "merge": of_file(person.key) if referent else None,
        "requests": queries.of_person(person.key),
        "may_export": decide(request.actor, EXPORT_FILE, person),
        "may_read_consultations": referent,
        "copies": own_copies(request.actor, person.key),
    }
    return render(request, "rights/person.html", context, status=422 if form.errors else 200)


def requests(request: Any) -> HttpResponse:
    found = _in_sight(request, queries.requests)
    page = keyset_page(found, ("due_on", "id"), cursor=request.GET.get("page"))
    consultations.record_list(request, [row.person_id for row in page.items])
    context = {"page": page, "lines": queries.request_lines(page.items)}
    return render(request, "rights/requests.html", context)


def request_page(request: Any, rights_request: RequestFacts) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_request(request.actor, rights_request.key, Answered(**form.cleaned_data))
        except Impossible as error:
            form.add_error(None, str(error))
        else:
            done(request, "Réponse enregistrée.")
            return redirect("rights:request", rights_request.key)
    row = queries.rights_request(rights_request)
    context = {
        "line": queries.request_lines([row])[0],
        "form": form,
        "answer": queries.answer_of(row),
        "hold": queries.running_hold(row.person_id),
        "hold_form": HoldForm(auto_id="hold_%s"),
        "copies": own_copies(request.actor, row.person_id),
    }
    return render(request, "rights/request.html", context, status=422 if form.errors else 200)


def archives(request: Any) -> HttpResponse:
    found = _in_sight(request, queries.archived)
    page = keyset_page(found, ("id",), cursor=request.GET.get("page"))
    consultations.record_list(request, [row.pk for row in page.items])
    context = {"page": page, "lines": queries.archived_lines(page.items)}
    return render(request, "rights/archives.html", context)


def erase(request: Any, person: Circle) -> HttpResponse:
    try:
        ask_erasure(request.actor, person.key)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "Effacement demandé : le dossier disparaît dans quelques instants.")
    return _back(request)


def hold(request: Any, person: Circle) -> HttpResponse:
    try:
        if request.POST.get("lever"):
            clocks.lift_holds(request.actor, person.key)
            done(request, "Suspension levée.")
            return _back(request)
        form = HoldForm(request.POST)
        if form.is_valid():
            clocks.set_hold(request.actor, person.key, **form.cleaned_data)
            done(request, "Conservation suspendue.")
            return _back(request)
        messages.error(request, "Choisissez un motif et une date de fin.")
    except clocks.NotThatDay:
        messages.error(request, "La suspension se termine un jour à venir.")
    except Impossible as error:
        messages.error(request, str(error))
    return _back(request)


def reopen(request: Any, person: Circle) -> HttpResponse:
    try:
        clocks.reopen(request.actor, person.key, request.POST.get("reason", ""))
    except clocks.ReasonTooShort:
        messages.error(request, "Expliquez en quelques mots pourquoi ce dossier est rouvert.")
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "Dossier rouvert.")
    return redirect("rights:archives")


def _in_sight(request: Any, read: Callable[[Actor], "QuerySet[Rows]"]) -> "QuerySet[Rows]":
    """The list, for who answers for the data; for others the page does not exist."""
    try:
        return read(request.actor)
    except Refused:
        line = request.line
        name = request.resolver_match.view_name
        refused = Opened(name, line.act, line.level, refused=True)
        consultations.record(request.actor, refused)
        raise Http404 from None


def _back(request: Any) -> HttpResponse:
    if request.POST.get("demande") == "archives":
        return redirect("rights:archives")
    try:
        return redirect("rights:request", UUID(request.POST.get("demande", "")))
    except ValueError:
        return redirect("rights:requests")
