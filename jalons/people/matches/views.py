from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from jalons.access import consultations
from jalons.access.transitions import Impossible
from jalons.kernel.notices import done

from . import queries
from .actions.answer import join, part
from .relations import MatchFacts


def matches(request: Any) -> HttpResponse:
    """Recorded as a search is: whoever reads the consultations of the new file learns no more."""
    found = queries.lines(request.actor)
    keys = {key for line in found for key in (line.row.person_id, line.row.newcomer_id)}
    consultations.record_list(request, sorted(keys), reason="search")
    context = {
        "waiting": [line for line in found if not line.row.answer],
        "answered": [line for line in found if line.row.answer],
    }
    return render(request, "people/matches.html", context)


def answer(request: Any, possible_match: MatchFacts) -> HttpResponse:
    said = request.POST.get("answer")
    try:
        if said == "joined":
            join(request.actor, possible_match.key)
            done(request, "C’est noté : le nouveau dossier est protégé, et vous le suivez.")
        elif said == "parted":
            part(request.actor, possible_match.key)
            done(request, "C’est noté : ce sont deux personnes.")
        else:
            messages.error(request, "Dites si c’est la même personne.")
    except Impossible as error:
        messages.error(request, str(error))
    return redirect("people:matches")
