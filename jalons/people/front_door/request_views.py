"""Asking to follow a known person, and answering who asks."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access import consultations
from jalons.access.decisions import decide
from jalons.access.table import BREAK_GLASS
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done
from jalons.kernel.pagination import keyset_page

from ..circle import Circle
from ..intakes import queries as intakes
from ..queries import masked_line
from . import queries
from .actions.answer_request import (
    GoneMeanwhile,
    accept_request,
    refuse_request,
    withdraw_request,
)
from .actions.ask_to_follow import AlreadyAsked, AlreadyFollowing, Asked, ask_to_follow
from .forms import AnswerForm, AskForm
from .relations import FollowRequestFacts
from .typed import Typed
from .workflow import FOLLOW_REQUEST


def ask(request: Any, person: Circle) -> HttpResponse:
    """GET asks for a reason; POST sends the request to whoever answers for the file."""
    line = masked_line(request.actor, person)
    sent = _sent(request.actor, person)
    initial = {"request": intakes.one(request.actor, sent).said.words} if sent else {}
    form = AskForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = Asked(
            form.cleaned_data["reason"],
            queries.last_typed(request.actor, person.key) or Typed(family_name=line.initials),
            form.cleaned_data["request"],
            sent,
        )
        try:
            ask_to_follow(request.actor, person.key, asked)
        except AlreadyFollowing:
            return redirect("people:identity", person.key)
        except AlreadyAsked:
            messages.info(request, "Vous avez déjà demandé à suivre cette personne.")
        except Impossible as error:
            messages.info(request, str(error))
        else:
            done(request, "Votre demande est transmise. La réponse arrive dans vos alertes.")
        return redirect("people:follow_requests")
    status = 422 if form.errors else 200
    urgent = decide(request.actor, BREAK_GLASS, person)
    context = {"form": form, "line": line, "person": person, "urgent": urgent}
    return render(request, "people/ask_to_follow.html", context, status=status)


def _sent(actor: Any, person: Circle) -> UUID | None:
    """The request for which the actor's last search found this person, while it waits."""
    made = queries.last_search(actor, person.key)
    return intakes.in_sight(actor, str(made.intake)) if made and made.intake else None


def follow_requests(request: Any) -> HttpResponse:
    """What waits for the actor's answer, then what they asked themselves."""
    waiting = queries.requests_to_answer(request.actor)
    page = keyset_page(
        queries.own_requests(request.actor),
        ("-recorded_at", "-id"),
        cursor=request.GET.get("page"),
    )
    consultations.record_list(request, [row.person_id for row in waiting])
    context = {
        "waiting": waiting,
        "page": page,
        "own": queries.with_typed(page.items),
        "states": FOLLOW_REQUEST.states,
        "form": AnswerForm(),
    }
    return render(request, "people/follow_requests.html", context)


def answer(request: Any, follow_request: FollowRequestFacts) -> HttpResponse:
    form = AnswerForm(request.POST)
    words = form.cleaned_data["words"].strip() if form.is_valid() else ""
    accepted = request.POST.get("answer") == "accept"
    if not accepted and request.POST.get("answer") != "refuse":
        raise BadRequest("La réponse manque.")
    if not accepted and not words:
        messages.error(request, "Expliquez votre refus : la personne qui demande le lira.")
        return redirect("people:follow_requests")
    try:
        if accepted:
            accept_request(request.actor, follow_request.key, words)
            done(request, "Demande acceptée : le dossier lui est ouvert.")
        else:
            refuse_request(request.actor, follow_request.key, words)
            done(request, "Demande refusée : votre explication est transmise.")
    except Impossible as error:
        messages.error(request, str(error))
    except GoneMeanwhile:
        messages.error(request, "Cette personne ne travaille plus dans la structure qui demandait.")
    return redirect("people:follow_requests")


def withdraw(request: Any, follow_request: FollowRequestFacts) -> HttpResponse:
    try:
        withdraw_request(request.actor, follow_request.key)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "Votre demande est retirée.")
    return redirect("people:follow_requests")
