"""Two files made one: what will move, the choice, the undoing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done

from ..form_page import in_sight, sent
from ..pairs.facts import PairFacts
from ..pairs.views import back_to_queue
from . import queries
from .actions.ask_merge import merge as ask_merge
from .actions.undo_merge import undo_merge
from .facts import MergeFacts
from .forms import MergeForm
from .rules import CONTRADICTION


def merge(request: Any, pair: PairFacts) -> HttpResponse:
    """The preview, then the act: the files become one in a moment, and it can be undone."""
    preview = queries.preview(request.actor, pair)
    form = MergeForm(preview, request.POST or None)
    back = back_to_queue(request, pair)
    if not preview.contradiction and sent(request, form):
        try:
            with in_sight():
                event = ask_merge(request.actor, pair.key, form.kept, form.choices)
        except Impossible as error:
            messages.error(request, str(error))
        else:
            undo = reverse("access:undo", args=[event.pk])
            done(request, "Les deux dossiers se réunissent.", undo=undo)
        return redirect(back)
    context = {
        "pair": pair,
        "preview": preview,
        "form": form,
        "back": back,
        "contradiction": CONTRADICTION,
    }
    return render(request, "people/merge.html", context, status=422 if form.errors else 200)


def merged(request: Any, merge: MergeFacts) -> HttpResponse:
    context = {
        "merge": queries.made(merge),
        "circle": merge.circle,
        "readable": decide(request.actor, READ, merge.circle, Level.IDENTITY),
    }
    return render(request, "people/merged.html", context)


def undo(request: Any, merge: MergeFacts) -> HttpResponse:
    added = request.POST.get("added") == "absorbed"
    try:
        with in_sight():
            undo_merge(request.actor, merge.key, added_to_absorbed=added)
    except Impossible as error:
        messages.error(request, str(error))
    else:
        done(request, "La réunion se défait : les deux dossiers sont bientôt entiers.")
    return redirect("people:merged", merge.key)
