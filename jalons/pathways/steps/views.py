from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse

from jalons.access.decisions import Refused
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.circle import Circle
from jalons.people.form_page import in_sight, sent
from jalons.people.statuses.queries import sources

from ..models import Step
from ..pages import by_button, pathway_form, told
from ..rules import WrongDate
from ..tab import queries
from .actions import change_step
from .actions.add_step import NewStep
from .actions.add_step import add_step as add_step_to
from .forms import BlockerForm, EndForm, PlanForm, StartForm, StepForm
from .kinds import shared_kinds


def add_step(request: Any, person: Circle) -> HttpResponse:
    known = queries.steps_to_follow(request.actor, person)
    form = StepForm(
        shared_kinds(person.territory),
        sources(request.actor),
        known,
        request.POST or None,
        initial={"wished_on": clock.today(), "previous": known[-1].pk if known else ""},
    )
    if sent(request, form):
        try:
            add_step_to(request.actor, person.key, _new(form.cleaned_data))
        except WrongDate as error:
            form.add_error(error.field, str(error))
        except Refused:
            form.add_error("kind", "La personne s’est opposée au partage de ce domaine.")
        else:
            return told(request, person, "L’étape est ajoutée.")
    return pathway_form(request, form, person, "Ajouter une étape", "Ajouter l’étape")


def plan_step(request: Any, person: Circle, step: UUID) -> HttpResponse:
    row = _row(request, person, step)
    form = PlanForm(request.POST or None, initial={"planned_on": row.planned_on})
    return _change(
        request,
        person,
        row,
        form,
        lambda values: change_step.plan_step(request.actor, person.key, step, values["planned_on"]),
        ("Prévoir l’étape", "L’étape est prévue."),
    )


def start_step(request: Any, person: Circle, step: UUID) -> HttpResponse:
    row = _row(request, person, step)
    day = row.planned_on if row.planned_on and row.planned_on < clock.today() else clock.today()
    form = StartForm(request.POST or None, initial={"started_on": day})
    return _change(
        request,
        person,
        row,
        form,
        lambda values: change_step.start_step(
            request.actor, person.key, step, values["started_on"]
        ),
        ("Commencer l’étape", "L’étape est commencée."),
    )


def end_step(request: Any, person: Circle, step: UUID) -> HttpResponse:
    row = _row(request, person, step)
    form = EndForm(request.POST or None, initial={"ended_on": clock.today()})
    return _change(
        request,
        person,
        row,
        form,
        lambda values: change_step.end_step(
            request.actor, person.key, step, values["ended_on"], values["outcome"]
        ),
        ("Terminer l’étape", "L’étape est terminée."),
    )


def tell_blocker(request: Any, person: Circle, step: UUID) -> HttpResponse:
    row = _row(request, person, step)
    form = BlockerForm(
        request.POST if request.method == "POST" else None, initial={"blocked_by": row.blocked_by}
    )
    return _change(
        request,
        person,
        row,
        form,
        lambda values: change_step.tell_blocker(
            request.actor, person.key, step, values["blocked_by"]
        ),
        ("Dire ce qui bloque", "C’est noté."),
    )


def abandon_step(request: Any, person: Circle, step: UUID) -> HttpResponse:
    return by_button(
        request,
        person,
        lambda: change_step.abandon_step(request.actor, person.key, step),
        "L’étape est abandonnée.",
    )


def _change(
    request: Any,
    person: Circle,
    row: Step,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Event],
    words: tuple[str, str],
) -> HttpResponse:
    """One form about a step: its title, then what is told once it is done."""
    title, done = words
    if sent(request, form):
        try:
            with in_sight():
                event = act(form.cleaned_data)
        except WrongDate as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except Impossible as error:
            form.add_error(None, str(error))
        else:
            return told(request, person, done, event)
    return pathway_form(request, form, person, title, "Enregistrer", row.label)


def _row(request: Any, person: Circle, key: UUID) -> Step:
    found = queries.step(request.actor, person, key)
    if found is None:
        raise Http404
    return found


def _new(values: dict[str, Any]) -> NewStep:
    return NewStep(
        values["kind"],
        values["wished_on"],
        values["planned_on"],
        UUID(values["organization"]) if values["organization"] else None,
        UUID(values["previous"]) if values["previous"] else None,
    )
