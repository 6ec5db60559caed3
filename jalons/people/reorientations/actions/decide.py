"""The dispatcher's answer: accepted, and the relay is done; or refused, with words."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.table import ACCEPT_REORIENTATION, REFUSE_REORIENTATION
from jalons.journal.models import Event
from jalons.kernel import clock

from ...circle import load_circle
from ...follow_ups.actions.hand_over import HANDOVER, Objected, Successor, relay
from ...follow_ups.actions.start_follow_up import NewFollowUp, begin
from ...models import Reorientation
from ..rules import REORIENTATION
from .holding import hold_reorientation, state_of


@dataclass(frozen=True)
class Orientation:
    """Where the person goes on, and with whom."""

    kind: str
    to: Successor


@transaction.atomic
def accept_reorientation(actor: Actor, key: UUID, decided: Orientation, answer: str = "") -> Event:
    """Hands the person over to the référent decided, or appoints the first one.

    Raises Refused, Impossible, NotTheirs, NothingToHandOver, Objected.
    """
    held = _held(actor, key, ACCEPT_REORIENTATION)
    circle = load_circle(held.person_id, clock.now())
    assert circle
    if ("", decided.to.organization) in circle.objections:
        raise Objected
    if circle.referent:
        relay(actor, circle, decided.to)
    else:
        to = decided.to
        begin(actor, circle, NewFollowUp(to.account, to.organization, "referent", HANDOVER))
    held.decided_type = decided.kind
    held.decided_organization_id = decided.to.organization
    return _decided(actor, held, "accepted", answer)


@transaction.atomic
def refuse_reorientation(actor: Actor, key: UUID, answer: str) -> Event:
    """Refuses, and says why. Raises Refused, Impossible."""
    return _decided(actor, _held(actor, key, REFUSE_REORIENTATION), "refused", answer)


def _held(actor: Actor, key: UUID, act: str) -> Reorientation:
    held, facts = hold_reorientation(key)
    require(actor, act, facts)
    REORIENTATION.target(act, state_of(held))
    return held


def _decided(actor: Actor, held: Reorientation, outcome: str, answer: str) -> Event:
    held.decided_on, held.outcome, held.answer = clock.today(), outcome, answer
    held.save()
    return record(
        actor,
        f"people.reorientation_{outcome}",
        person=held.person_id,
        object_kind="reorientation",
        object_key=held.pk,
        payload={"type": held.decided_type},
    )
