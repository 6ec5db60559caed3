from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.table import ADD_STEP
from jalons.people.circle import Circle
from jalons.people.form_page import sent
from jalons.people.queries import person as row_of

from ..pages import pathway_form, told
from . import queries
from .change_phase import change_phase
from .forms import PhaseForm


def pathway(request: Any, person: Circle) -> HttpResponse:
    context = {
        "circle": person,
        "name": str(row_of(person)),
        "pathway": queries.pathway(request.actor, person),
        "may_write": decide(request.actor, ADD_STEP, person, Level.SHARED),
    }
    return render(request, "pathways/pathway.html", context)


def phase(request: Any, person: Circle) -> HttpResponse:
    form = PhaseForm(request.POST or None, initial={"phase": queries.phase(person)})
    if sent(request, form):
        event = change_phase(request.actor, person.key, form.cleaned_data["phase"])
        return told(request, person, "La phase est changée.", event)
    return pathway_form(request, form, person, "Changer la phase", "Enregistrer")
