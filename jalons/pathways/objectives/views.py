from typing import Any
from uuid import UUID

from django.http import HttpResponse

from jalons.access.decisions import Refused
from jalons.access.transitions import Impossible
from jalons.people.circle import Circle
from jalons.people.form_page import in_sight, sent

from ..pages import by_button, pathway_form, told
from ..rules import WrongDate
from ..tab import queries
from .actions import actions, objectives
from .actions.actions import NewAction
from .forms import ActionForm, ObjectiveForm


def set_objective(request: Any, person: Circle) -> HttpResponse:
    form = ObjectiveForm(request.POST or None)
    if sent(request, form):
        values = form.cleaned_data
        try:
            objectives.set_objective(request.actor, person.key, values["domain"], values["words"])
        except Refused:
            form.add_error("domain", "La personne s’est opposée au partage de ce domaine.")
        else:
            return told(request, person, "L’objectif est fixé.")
    return pathway_form(request, form, person, "Fixer un objectif", "Fixer l’objectif")


def reach_objective(request: Any, person: Circle, objective: UUID) -> HttpResponse:
    return by_button(
        request,
        person,
        lambda: objectives.reach_objective(request.actor, person.key, objective),
        "L’objectif est atteint.",
    )


def abandon_objective(request: Any, person: Circle, objective: UUID) -> HttpResponse:
    return by_button(
        request,
        person,
        lambda: objectives.abandon_objective(request.actor, person.key, objective),
        "L’objectif est abandonné.",
    )


def add_action(request: Any, person: Circle) -> HttpResponse:
    known = queries.open_objectives(request.actor, person)
    wanted = {"objective": request.GET.get("objectif", "")[:40]}
    form = ActionForm(known, request.POST or None, initial=wanted)
    if sent(request, form):
        values = form.cleaned_data
        objective = UUID(values["objective"]) if values["objective"] else None
        try:
            with in_sight():
                new = NewAction(values["words"], objective, values["due_on"])
                actions.add_action(request.actor, person.key, new)
        except WrongDate as error:
            form.add_error(error.field, str(error))
        except Impossible as error:
            form.add_error("objective", str(error))
        else:
            return told(request, person, "L’action est ajoutée.")
    return pathway_form(request, form, person, "Ajouter une action", "Ajouter l’action")


def finish_action(request: Any, person: Circle, pathway_action: UUID) -> HttpResponse:
    return by_button(
        request,
        person,
        lambda: actions.finish_action(request.actor, person.key, pathway_action),
        "L’action est faite.",
    )


def abandon_action(request: Any, person: Circle, pathway_action: UUID) -> HttpResponse:
    return by_button(
        request,
        person,
        lambda: actions.abandon_action(request.actor, person.key, pathway_action),
        "L’action est abandonnée.",
    )
