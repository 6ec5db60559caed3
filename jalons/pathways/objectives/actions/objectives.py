"""Setting an objective, saying that it is reached or abandoned."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.table import ABANDON_OBJECTIVE, REACH_OBJECTIVE, SET_OBJECTIVE
from jalons.journal.models import Event
from jalons.kernel import clock

from ...changes import change
from ...holding import hold_reader, open_pathway
from ...models import Objective
from ...rules import OBJECTIVE, objective_state
from ..domains import require_shared
from .holding import hold_objective


@transaction.atomic
def set_objective(actor: Actor, person: UUID, domain: str, words: str) -> Objective:
    """Sets an objective; the first act opens the pathway. Raises Refused, NotShared."""
    require_shared(domain)
    circle = hold_reader(actor, person, SET_OBJECTIVE, domain)
    pathway = open_pathway(actor, circle)
    row = Objective.objects.create(
        territory_id=circle.territory,
        pathway=pathway,
        domain=domain,
        words=words,
        set_on=clock.today(),
    )
    record(
        actor,
        "pathways.objective_set",
        person=person,
        object_kind="objective",
        object_key=row.pk,
        payload={"domain": domain},
    )
    return row


@transaction.atomic
def reach_objective(actor: Actor, person: UUID, key: UUID) -> Event:
    """Raises Refused, Impossible."""
    row = hold_objective(actor, person, key, REACH_OBJECTIVE)
    OBJECTIVE.target(REACH_OBJECTIVE, objective_state(row.reached_on, row.abandoned_on))
    return change(actor, row, "pathways.objective_reached", person, {"reached_on": clock.today()})


@transaction.atomic
def abandon_objective(actor: Actor, person: UUID, key: UUID) -> Event:
    """Raises Refused, Impossible."""
    row = hold_objective(actor, person, key, ABANDON_OBJECTIVE)
    OBJECTIVE.target(ABANDON_OBJECTIVE, objective_state(row.reached_on, row.abandoned_on))
    return change(
        actor, row, "pathways.objective_abandoned", person, {"abandoned_on": clock.today()}
    )
