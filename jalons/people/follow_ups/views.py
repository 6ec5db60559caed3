from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import HAND_OVER
from jalons.kernel.notices import done

from ..circle import Circle
from ..entries.candidates import Structure, professionals, structures
from ..queries import person as row_of
from .actions import end_follow_up as ending
from .actions.hand_over import NothingToHandOver, Objected, Successor, hand_over
from .actions.start_follow_up import NewFollowUp, NotTheirs, start_follow_up
from .facts import FollowUpFacts
from .forms import EndForm, SuccessorForm

CHANGED = "Le suivi a changé entre-temps. Relisez le dossier avant de décider."


def end_follow_up(request: Any, follow_up: FollowUpFacts) -> HttpResponse:
    form = EndForm(request.actor.territory, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context = {
            "form": form,
            "title": "Mettre fin au suivi",
            "lead": "Vous n’aurez plus accès au dossier. Vous pourrez annuler pendant dix minutes.",
            "submit": "Mettre fin",
            "back": reverse("people:identity", args=[follow_up.person]),
        }
        return render(request, "people/form.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["end_reason"]
    try:
        event = ending.end_follow_up(request.actor, follow_up.key, reason)
    except ending.AlreadyEnded:
        messages.error(request, "Ce suivi est déjà terminé.")
    else:
        done(request, "Suivi terminé.", undo=reverse("access:undo", args=[event.pk]))
    return redirect("desk:home")


def referent(request: Any, person: Circle) -> HttpResponse:
    """The choice of a référent: the first one, or who takes over from the one of today."""
    if person.referent and not decide(request.actor, HAND_OVER, person):
        raise Http404
    members = [one for one in structures(request.actor) if ("", one.key) not in person.objections]
    wanted = request.GET.get("structure", "") or str(request.actor.organization)
    there = [one for one in members if str(one.key) == wanted]
    able = _able(person, there)
    form = SuccessorForm(able, request.POST if request.method == "POST" else None)
    if request.method == "POST" and there and form.is_valid():
        answer = _decided(request, person, there[0].key, UUID(form.cleaned_data["professional"]))
        if answer:
            return answer
        form.add_error(None, CHANGED)
    context = {
        "person": person,
        "name": str(row_of(person)),
        "form": form,
        "able": able,
        "members": members,
        "wanted": wanted,
        "takes_over": bool(person.referent),
    }
    status = 422 if form.errors else 200
    return render(request, "people/referent.html", context, status=status)


def _able(person: Circle, there: list[Structure]) -> list[tuple[str, str]]:
    """The professionals of the structure, but today's référent."""
    now = person.referent
    here = {(now.account, now.organization)} if now else set()
    return [
        (str(one.key), f"{one.name} : {one.reason}")
        for one in professionals(there, row_of(person).commune)
        if (one.key, one.organization) not in here
    ]


def _decided(request: Any, person: Circle, place: UUID, account: UUID) -> HttpResponse | None:
    """Does it, and leads to the dossier as long as it may be read; None when it changed."""
    try:
        with transaction.atomic():
            if person.referent:
                to = Successor(account, place)
                event = hand_over(request.actor, person.key, to)
                undo = reverse("access:undo", args=[event.pk])
                done(request, "Relais passé. Le nouveau référent est prévenu.", undo=undo)
            else:
                new = NewFollowUp(account, place, "referent", "designation")
                start_follow_up(request.actor, person.key, new)
                done(request, "Référent nommé. Il est prévenu.")
    except (NothingToHandOver, NotTheirs, Objected, IntegrityError):
        return None
    readable = decide(request.actor, READ, person, Level.IDENTITY)
    return redirect("people:identity", person.key) if readable else redirect("desk:home")
