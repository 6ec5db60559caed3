"""The entries that wait, one by one: their list, their page, the acts on each."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations, exporting
from jalons.access.decisions import decide
from jalons.access.roles import Role
from jalons.access.table import APPOINT, ASSIGN, CLOSE_ENTRY
from jalons.access.transitions import Impossible
from jalons.kernel import clock, exports
from jalons.kernel.notices import done
from jalons.kernel.pagination import keyset_page

from ..circle import Circle
from ..follow_ups.actions.start_follow_up import NotTheirs
from ..models import Entry
from . import queries
from .actions.assign import Assignment, Objected, assign_entry
from .actions.progress import NotThatDay, close_entry, hold_first_interview
from .candidates import SUGGESTED, professionals, structures
from .forms import AssignForm, CloseForm, FilterForm, InterviewForm
from .sheet import entries_sheet

SIZE = 30
CHANGED = "L’entrée a changé entre-temps. Relisez-la avant de décider."


def entries(request: Any) -> HttpResponse:
    chosen = queries.entry_filter(request.GET, request.actor.role)
    found = queries.filtered(request.actor, chosen)
    page = keyset_page(found, ("received_on", "id"), SIZE, cursor=request.GET.get("page"))
    rows = queries.lines(request.actor, page.items, words=True)
    filters = FilterForm(queries.places(request.actor), chosen)
    consultations.record_list(request, [row.person for row in rows])
    context = {
        "page": page,
        "rows": rows,
        "chosen": chosen,
        "query": urlencode(chosen.query),
        "states": [
            (key, label, urlencode(chosen.query | {"etat": key}))
            for key, label in queries.STATES.items()
        ],
        "filters": filters,
        "target": queries.target_days(request.actor.territory),
        "may_assign": request.actor.role == Role.DISPATCHER,
        "ticked": request.GET.get("cocher") == "1",
        "formats": exports.FORMATS.values(),
        "today": clock.today(),
    }
    return render(request, "people/entries.html", context)


@exporting.with_purpose
def export_entries(request: Any) -> HttpResponseBase:
    """Exactly the rows filtered on screen; the consultation names every one of them."""
    chosen = queries.entry_filter(request.POST, request.actor.role)
    rows = list(queries.filtered(request.actor, chosen))
    consultations.record_list(request, [row.person_id for row in rows])
    file = entries_sheet(request.actor, request.identity.territory_name, rows, chosen)
    try:
        return exporting.respond(request, file)
    except exports.TooManyRows:
        messages.error(request, "La liste est trop longue pour ce format. Choisissez un tableur.")
        return redirect(f"{reverse('people:entries')}?{urlencode(chosen.query)}")


def entry(request: Any, person: Circle) -> HttpResponse:
    """The page of the entry that waits; a structure chosen in the address shows its référents."""
    found = _waiting(person)
    if request.method != "POST":
        return _entry_page(request, person, found, _form(request, person, found, request.GET))
    form = _form(request, person, found, request.POST, bound=True)
    if not form.is_valid():
        return _entry_page(request, person, found, form)
    said = form.cleaned_data
    account = said.get("professional", "")
    given = Assignment(
        UUID(said["structure"]),
        UUID(account) if account else None,
        said["orientation_type"],
        said["motive"],
    )
    try:
        with transaction.atomic():
            event = assign_entry(request.actor, person.key, _sent(request, found), given)
    except Objected:
        form.add_error(
            "structure", "La personne s’oppose à cette structure. Choisissez-en une autre."
        )
    except (Impossible, NotTheirs, IntegrityError):
        form.add_error(None, CHANGED)
    else:
        done(request, "Entrée attribuée.", undo=reverse("access:undo", args=[event.pk]))
        return redirect("people:entries")
    return _entry_page(request, person, found, form)


def _waiting(person: Circle) -> Entry:
    found = queries.entry_of(person)
    if found is None:
        raise Http404
    return found


def _sent(request: Any, found: Entry) -> UUID:
    """The entry that was read: another may be first by now."""
    try:
        return UUID(request.POST.get("entry", str(found.pk)))
    except ValueError:
        raise Http404 from None


def _form(
    request: Any, person: Circle, found: Entry, said: Any, *, bound: bool = False
) -> AssignForm:
    """The structure that `said` names opens the choice of its professionals."""
    members = structures(request.actor)
    wanted = said.get("structure", "")
    orientation = said.get("orientation_type", "")
    there = [one for one in members if str(one.key) == wanted]
    able = [] if person.referent else professionals(there, found.person.commune, orientation)
    named = [(str(one.key), f"{one.name} : {one.reason}") for one in able]
    if bound:
        return AssignForm(members, named, said)
    initial = {"structure": wanted, "orientation_type": orientation}
    initial["professional"] = said.get("professional", "")
    return AssignForm(members, named, initial=initial)


def _entry_page(request: Any, person: Circle, found: Entry, form: AssignForm) -> HttpResponse:
    may_assign = decide(request.actor, ASSIGN, person)
    line = queries.lines(request.actor, [found])[0]
    context = {
        "person": person,
        "entry": found,
        "line": line,
        "words": queries.request_of(request.actor, person, found),
        "target": queries.target_days(person.territory),
        "form": form,
        "may_assign": may_assign,
        "may_close": decide(request.actor, CLOSE_ENTRY, person),
        "may_appoint": not may_assign
        and not person.referent
        and decide(request.actor, APPOINT, person),
        "suggested": _suggested(request, person, found, form) if may_assign else [],
        "chosen": bool(form["structure"].value()),
    }
    status = 422 if form.errors else 200
    return render(request, "people/entry.html", context, status=status)


def _suggested(request: Any, person: Circle, found: Entry, form: AssignForm) -> list[Any]:
    """Proposed, never chosen: the structures that the person objected to are left out."""
    if person.referent:
        return []
    open_to = [one for one in structures(request.actor) if ("", one.key) not in person.objections]
    orientation = form["orientation_type"].value() or ""
    names = {one.key: one.name for one in open_to}
    best = professionals(open_to, found.person.commune, orientation)[:SUGGESTED]
    return [
        (
            one,
            names[one.organization],
            urlencode(
                {
                    "structure": one.organization,
                    "professional": one.key,
                    "orientation_type": orientation,
                }
            ),
        )
        for one in best
    ]


def close(request: Any, person: Circle) -> HttpResponse:
    found = _waiting(person)
    form = CloseForm(request.actor.territory, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            event = close_entry(
                request.actor, person.key, _sent(request, found), form.cleaned_data["motive"]
            )
        except Impossible as error:
            form.add_error(None, str(error))
        else:
            done(request, "Entrée close.", undo=reverse("access:undo", args=[event.pk]))
            return redirect("people:entries")
    return _form_page(
        request,
        form,
        title="Clore l’entrée",
        lead="La personne ne sera plus à orienter. Vous pourrez annuler pendant dix minutes.",
        submit="Clore l’entrée",
        back=reverse("people:entry", args=[person.key]),
        entry=found,
    )


def interview(request: Any, person: Circle) -> HttpResponse:
    """The first interview held by the one who follows the person."""
    found = queries.entry_to_meet(person)
    if found is None:
        raise Http404
    form = InterviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["held_on"]
        try:
            hold_first_interview(request.actor, person.key, _sent(request, found), day)
        except NotThatDay:
            form.add_error("held_on", "Choisissez un jour passé, après l’accueil de la personne.")
        except Impossible as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Premier entretien enregistré.")
            return redirect("people:identity", person.key)
    return _form_page(
        request,
        form,
        title="Premier entretien",
        lead="Notez le jour où il a été tenu.",
        submit="Enregistrer l’entretien",
        back=reverse("people:identity", args=[person.key]),
        entry=found,
    )


def _form_page(request: Any, form: Any, **context: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "people/form.html", {"form": form} | context, status=status)
