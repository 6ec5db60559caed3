"""An objective or an action of a person, locked, the right to an act on it asked."""

from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require

from ...holding import hold_reader
from ...models import Action, Objective

NOT_SHARED = "Cette page n’est pas partagée avec vous."


def hold_objective(actor: Actor, person: UUID, key: UUID, act: str) -> Objective:
    """Raises Refused."""
    circle = hold_reader(actor, person, act)
    row = Objective.objects.select_for_update().filter(pk=key, pathway__person=person).first()
    if row is None:
        raise Refused(NOT_SHARED)
    require(actor, act, circle, domain=row.domain)
    return row


def hold_action(actor: Actor, person: UUID, key: UUID, act: str) -> Action:
    """Raises Refused."""
    circle = hold_reader(actor, person, act)
    rows = Action.objects.select_for_update(of=("self",)).select_related("objective")
    row = rows.filter(pk=key, pathway__person=person).first()
    if row is None:
        raise Refused(NOT_SHARED)
    require(actor, act, circle, domain=row.objective.domain if row.objective else "")
    return row
