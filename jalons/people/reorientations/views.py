"""« Réorientations »: asked from the dossier, decided by the dispatcher, read by who asked."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.access.decisions import decide as allowed
from jalons.access.roles import Role
from jalons.access.table import ACCEPT_REORIENTATION, WITHDRAW_REORIENTATION
from jalons.access.transitions import Impossible
from jalons.kernel import clock
from jalons.kernel.pagination import keyset_page

from ..circle import Circle, load_circle
from ..entries.candidates import professionals, structures
from ..follow_ups.actions.hand_over import NothingToHandOver, Objected, Successor
from ..follow_ups.actions.start_follow_up import NotTheirs
from ..queries import person as row_of
from . import queries
from .actions.ask import AlreadyAsked, Request, ask_reorientation, withdraw_reorientation
from .actions.decide import Orientation, accept_reorientation, refuse_reorientation
from .facts import ReorientationFacts
from .forms import AcceptForm, AskForm, RefuseForm


def reorientations(request: Any) -> HttpResponse:
    found = queries.reorientations(request.actor)
    page = keyset_page(found, ("asked_on", "id"), cursor=request.GET.get("page"))
    consultations.record_list(request, [row.person_id for row in page.items])
    context = {
        "page": page,
        "rows": queries.lines(request.actor, page.items),
        "decides": request.actor.role == Role.DISPATCHER,
    }
    return render(request, "people/reorientations.html", context)


def ask(request: Any, person: Circle) -> HttpResponse:
    form = AskForm(structures(request.actor), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        wished = said["wished_organization"]
        asked = Request(
            said["motive"], said["words"], said["wished_type"], UUID(wished) if wished else None
        )
        try:
            ask_reorientation(request.actor, person.key, asked)
        except AlreadyAsked:
            form.add_error(None, "Une réorientation est déjà demandée pour cette personne.")
        else:
            messages.success(request, "Réorientation demandée. Vous lirez la réponse ici.")
            return redirect("people:reorientations")
    context = {
        "form": form,
        "title": "Demander une réorientation",
        "lead": str(row_of(person)),
        "submit": "Demander",
        "back": reverse("people:identity", args=[person.key]),
    }
    return render(request, "people/form.html", context, status=422 if form.errors else 200)


def reorientation(request: Any, reorientation: ReorientationFacts) -> HttpResponse:
    return _page(request, reorientation)


def decide(request: Any, reorientation: ReorientationFacts) -> HttpResponse:
    if "refuse" in request.POST:
        refusal = RefuseForm(request.POST)
        if not refusal.is_valid():
            return _page(request, reorientation, refusal=refusal)
        answer = refusal.cleaned_data["refused_answer"]
        return _done(
            request, lambda: refuse_reorientation(request.actor, reorientation.key, answer)
        )
    form, place = _accept_form(request, reorientation, request.POST)
    if not form.is_valid() or place is None:
        return _page(request, reorientation, form=form)
    said = form.cleaned_data
    to = Successor(UUID(said["professional"]), place)
    decided = Orientation(said["decided_type"], to)
    try:
        with transaction.atomic():
            return _done(
                request,
                lambda: accept_reorientation(
                    request.actor, reorientation.key, decided, said["accepted_answer"]
                ),
            )
    except (NotTheirs, NothingToHandOver, Objected, IntegrityError):
        form.add_error("professional", "Ce professionnel ne peut pas prendre la suite.")
    return _page(request, reorientation, form=form)


def _done(request: Any, act: Any) -> HttpResponse:
    try:
        act()
    except Impossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Réponse enregistrée. La personne qui a demandé est prévenue.")
    return redirect("people:reorientations")


def withdraw(request: Any, reorientation: ReorientationFacts) -> HttpResponse:
    try:
        withdraw_reorientation(request.actor, reorientation.key)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Demande retirée.")
    return redirect("people:reorientations")


def _accept_form(
    request: Any, facts: ReorientationFacts, data: Any = None
) -> tuple[AcceptForm, UUID | None]:
    """The professionals of the structure that the address or the form names."""
    said = data or request.GET
    circle = load_circle(facts.person, clock.now())
    objections = circle.objections if circle else ()
    now = circle.referent if circle else None
    wanted = said.get("structure", "")
    there = [
        one
        for one in structures(request.actor)
        if str(one.key) == wanted and ("", one.key) not in objections
    ]
    able = [
        (str(one.key), f"{one.name} : {one.reason}")
        for one in professionals(there)
        if now is None or (one.key, one.organization) != (now.account, now.organization)
    ]
    return AcceptForm(able, data), there[0].key if there else None


def _page(
    request: Any,
    facts: ReorientationFacts,
    form: AcceptForm | None = None,
    refusal: RefuseForm | None = None,
) -> HttpResponse:
    row = queries.one(request.actor, facts.key)
    decides = facts.is_open and allowed(request.actor, ACCEPT_REORIENTATION, facts)
    wished = str(row.row.wished_organization_id or "")
    chosen = (request.POST or request.GET).get("structure", "")
    context = {
        "line": row,
        "facts": facts,
        "decides": decides,
        "withdraws": facts.is_open and allowed(request.actor, WITHDRAW_REORIENTATION, facts),
        "form": form or (_accept_form(request, facts)[0] if decides else None),
        "refusal": refusal or RefuseForm(),
        "structures": structures(request.actor) if decides else [],
        "chosen": chosen,
        "wanted": chosen or wished,
    }
    refused = (form and form.errors) or (refusal and refusal.errors)
    status = 422 if refused else 200
    return render(request, "people/reorientation.html", context, status=status)
