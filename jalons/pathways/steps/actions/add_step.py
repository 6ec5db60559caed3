from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.table import ADD_STEP
from jalons.kernel import clock
from jalons.people.statuses.queries import sources

from ...holding import hold_reader, open_pathway
from ...models import Step
from ..kinds import domain_of, shared_kind
from ..rules import Dates, check
from .holding import NOT_SHARED, step_of


@dataclass(frozen=True)
class NewStep:
    """`wished_on` is the day the wish was told; `previous` the step that this one waits for."""

    kind: str
    wished_on: date
    planned_on: date | None = None
    organization: UUID | None = None
    previous: UUID | None = None


@transaction.atomic
def add_step(actor: Actor, person: UUID, new: NewStep) -> Step:
    """Adds a step, wished or planned; the first act opens the pathway.

    Raises Refused, NotShared, WrongDate.
    """
    assert actor.territory
    item = shared_kind(actor.territory, new.kind)
    circle = hold_reader(actor, person, ADD_STEP, domain_of(new.kind, actor.territory))
    check(Dates(new.wished_on, new.planned_on), clock.today())
    pathway = open_pathway(actor, circle)
    if new.previous and step_of(actor, circle, new.previous).pathway_id != pathway.pk:
        raise Refused(NOT_SHARED)
    if new.organization and str(new.organization) not in dict(sources(actor)):
        raise Refused(NOT_SHARED)
    row = Step.objects.create(
        territory_id=circle.territory,
        pathway=pathway,
        kind=item.code,
        label=item.label,
        organization_id=new.organization,
        wished_on=new.wished_on,
        planned_on=new.planned_on,
        previous_id=new.previous,
    )
    record(
        actor,
        "pathways.step_added",
        person=person,
        object_kind="step",
        object_key=row.pk,
        payload={
            "kind": item.code,
            "wished_on": new.wished_on.isoformat(),
            "planned_on": new.planned_on.isoformat() if new.planned_on else None,
        },
    )
    return row
