"""Adding something to do, saying that it is done or given up."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.table import ABANDON_ACTION, ADD_ACTION, FINISH_ACTION
from jalons.journal.models import Event
from jalons.kernel import clock

from ...changes import change
from ...holding import hold_reader, open_pathway
from ...models import Action
from ...rules import ACTION, OBJECTIVE, WrongDate, action_state, objective_state
from .holding import NOT_SHARED, hold_action, hold_objective


@dataclass(frozen=True)
class NewAction:
    words: str
    objective: UUID | None = None
    due_on: date | None = None


@transaction.atomic
def add_action(actor: Actor, person: UUID, new: NewAction) -> Action:
    """Adds something to do, for an objective that goes on or for the pathway as a whole.

    Raises Refused, Impossible, WrongDate.
    """
    circle = hold_reader(actor, person, ADD_ACTION)
    today = clock.today()
    if new.due_on and new.due_on < today:
        raise WrongDate("due_on", "Choisissez aujourd’hui ou un jour à venir.")
    pathway = open_pathway(actor, circle)
    if new.objective:
        objective = hold_objective(actor, person, new.objective, ADD_ACTION)
        if objective.pathway_id != pathway.pk:
            raise Refused(NOT_SHARED)
        state = objective_state(objective.reached_on, objective.abandoned_on)
        OBJECTIVE.target(ADD_ACTION, state)
    row = Action.objects.create(
        territory_id=circle.territory,
        pathway=pathway,
        objective_id=new.objective,
        words=new.words,
        added_on=today,
        due_on=new.due_on,
    )
    record(
        actor,
        "pathways.action_added",
        person=person,
        object_kind="action",
        object_key=row.pk,
        payload={"due_on": new.due_on.isoformat() if new.due_on else None},
    )
    return row


@transaction.atomic
def finish_action(actor: Actor, person: UUID, key: UUID) -> Event:
    """Raises Refused, Impossible."""
    row = hold_action(actor, person, key, FINISH_ACTION)
    ACTION.target(FINISH_ACTION, action_state(row.done_on, row.abandoned_on))
    return change(actor, row, "pathways.action_done", person, {"done_on": clock.today()})


@transaction.atomic
def abandon_action(actor: Actor, person: UUID, key: UUID) -> Event:
    """Raises Refused, Impossible."""
    row = hold_action(actor, person, key, ABANDON_ACTION)
    ACTION.target(ABANDON_ACTION, action_state(row.done_on, row.abandoned_on))
    return change(actor, row, "pathways.action_abandoned", person, {"abandoned_on": clock.today()})
