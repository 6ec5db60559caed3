"""A step of a person, locked, the right to an act on it asked."""

from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.people.circle import Circle

from ...holding import hold_reader
from ...models import Step
from ..kinds import domain_of
from ..rules import Dates, step_state

NOT_SHARED = "Cette page n’est pas partagée avec vous."


def hold_step(actor: Actor, person: UUID, key: UUID, act: str) -> Step:
    """Raises Refused."""
    return step_of(actor, hold_reader(actor, person, act), key)


def step_of(actor: Actor, circle: Circle, key: UUID) -> Step:
    """A step of a person whose row is locked already. Raises Refused."""
    rows = Step.objects.select_for_update(of=("self",)).select_related("pathway")
    row = rows.filter(pk=key, pathway__person=circle.key).first()
    if row is None:
        raise Refused(NOT_SHARED)
    domain = domain_of(row.kind, row.territory_id)
    require(actor, READ, circle, Level.SHARED, domain=domain)
    return row


def dates_of(row: Step) -> Dates:
    return Dates(row.wished_on, row.planned_on, row.started_on, row.ended_on)


def state_of(row: Step) -> str:
    return step_state(dates_of(row), row.outcome)
