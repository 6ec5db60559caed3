"""« Dossiers à rapprocher »: one pair, side by side, and three answers."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jalons.access import consultations
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done

from ..form_page import in_sight
from ..models import Pair
from . import queries
from .actions.tell_apart import postpone as postpone_pair
from .actions.tell_apart import tell_apart as tell_apart_files
from .facts import PairFacts

LEAD = "Deux dossiers se ressemblent : une seule personne, ou deux ?"
MATCHES_LEAD = (
    "Quelqu’un qui ne peut pas voir une personne protégée l’a peut-être accueillie de nouveau."
    " Vous seul·e le savez."
)


def review(request: Any) -> HttpResponse:
    found = queries.waiting(request.actor)
    return _one(request, found, "Dossiers à rapprocher", LEAD, "list")


def matches(request: Any) -> HttpResponse:
    """Recorded as a search is: whoever reads the consultations of the new file learns no more."""
    found = queries.met(request.actor)
    return _one(request, found, "Correspondances possibles", MATCHES_LEAD, "search")


def _one(request: Any, found: "QuerySet[Pair]", title: str, lead: str, reason: str) -> HttpResponse:
    said = request.GET.get("rang", "")
    rank = int(said) if said.isdecimal() and len(said) < 6 else 1
    pair = queries.review(request.actor, found, rank)
    hidden = reason == "search"
    people = [pair.row.person_id, pair.row.other_id] if pair else []
    merges = [] if hidden else queries.merges(request.actor)
    listed = {*people, *(merge.kept_id for merge in merges)}
    consultations.record_list(request, sorted(listed), reason=reason)
    context = {"title": title, "lead": lead, "pair": pair, "hidden": hidden, "merges": merges}
    return render(request, "people/review.html", context)


def tell_apart(request: Any, pair: PairFacts) -> HttpResponse:
    try:
        with in_sight():
            event = tell_apart_files(request.actor, pair.key)
    except Impossible as error:
        messages.info(request, str(error))
    else:
        undo = reverse("access:undo", args=[event.pk])
        done(request, "Ce sont deux personnes.", undo=undo)
    return redirect(back_to_queue(request, pair))


def postpone(request: Any, pair: PairFacts) -> HttpResponse:
    try:
        with in_sight():
            postpone_pair(request.actor, pair.key)
    except Impossible as error:
        messages.info(request, str(error))
    else:
        done(request, "Cette paire revient à la fin.")
    return redirect(back_to_queue(request, pair))


def back_to_queue(request: Any, pair: PairFacts) -> str:
    """The page where the pair was read, at the same rank: the next one has taken its place."""
    name = "people:matches" if pair.owner else "people:review"
    rank = request.POST.get("rang", "")
    return reverse(name) + (f"?rang={rank}" if rank.isdecimal() and len(rank) < 6 else "")
