"""A request leaves the list: it is somebody's, or it is set aside."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide, require
from jalons.access.events import record
from jalons.access.table import SET_INTAKE_ASIDE, TAKE_INTAKE
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ...models import Intake
from ..facts import facts_of
from ..rules import INTAKE, intake_state


def take_intake(actor: Actor, key: UUID, person: UUID) -> Intake:
    """Says who asks, in the transaction of the act that found or received them.

    Raises Refused, Impossible when somebody else was first.
    """
    held = _hold(actor, key, TAKE_INTAKE)
    record(
        actor,
        "people.intake_taken",
        person=person,
        object_kind="intake",
        object_key=key,
        payload={"origin": held.origin},
    )
    return _settle(actor, held, person_id=person)


@transaction.atomic
def set_intake_aside(actor: Actor, key: UUID, motive: str) -> Event:
    """Closes a request that leads to nobody. Raises Refused, Impossible."""
    held = _hold(actor, key, SET_INTAKE_ASIDE)
    event = record(
        actor,
        "people.intake_set_aside",
        object_kind="intake",
        object_key=key,
        payload={"motive": motive},
    )
    _settle(actor, held, set_aside=motive)
    return event


def put_intake_back(actor: Actor, event: Event) -> Event:
    """Compensates `set_intake_aside`. Raises CannotUndo when it is out of the actor's sight."""
    held = Intake.objects.select_for_update().filter(pk__in=[event.object_key]).first()
    if held is None or not decide(actor, SET_INTAKE_ASIDE, facts_of(held)):
        raise CannotUndo("Cette demande n’est plus à votre structure.")
    undone = record(
        actor,
        "people.intake_put_back",
        object_kind="intake",
        object_key=held.pk,
        cause=event.pk,
    )
    held.set_aside, held.handled_by_id, held.settled_at = "", None, None
    held.save(update_fields=["set_aside", "handled_by", "settled_at"])
    return undone


def _hold(actor: Actor, key: UUID, act: str) -> Intake:
    held = Intake.objects.select_for_update().filter(pk=key).first()
    if held is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    INTAKE.target(act, intake_state(held.person_id, held.set_aside))
    require(actor, act, facts_of(held))
    return held


def _settle(actor: Actor, held: Intake, **values: Any) -> Intake:
    for name, value in values.items():
        setattr(held, name, value)
    held.handled_by_id, held.settled_at = actor.account, clock.now()
    held.save()
    return held
