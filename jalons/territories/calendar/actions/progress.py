"""What becomes of an action and of a milestone: the acts of `deployment.ACTION` and `MILESTONE`."""

from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.table import DROP, FINISH, REACH, START
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ...actions.steering import NOT_SHARED, hold_consortium, key_of, told
from ...models import Action, Milestone
from ..rules import ACTION, MILESTONE


@transaction.atomic
def start(actor: Actor, key: UUID) -> Event:
    """Raises Refused, transitions.Impossible."""
    return _change(actor, key, START, started_on=clock.today())


@transaction.atomic
def finish(actor: Actor, key: UUID) -> Event:
    """Raises Refused, transitions.Impossible."""
    return _change(actor, key, FINISH, done_on=clock.today())


@transaction.atomic
def drop(actor: Actor, key: UUID, reason: str) -> Event:
    """Raises Refused, transitions.Impossible."""
    return _change(actor, key, DROP, dropped_on=clock.today(), drop_reason=reason)


@transaction.atomic
def reach(actor: Actor, key: UUID) -> Event:
    """Says that a milestone is reached today. Raises Refused, transitions.Impossible."""
    territory = hold_consortium(actor, REACH)
    held = Milestone.objects.select_for_update().filter(pk=key, territory=territory).first()
    if held is None:
        raise Refused(NOT_SHARED)
    MILESTONE.target(REACH, "reached" if held.reached_on else "expected")
    event = told(actor, "milestone_reached", ("milestone", key))
    Milestone.objects.filter(pk=key).update(reached_on=clock.today())
    return event


def _change(actor: Actor, key: UUID, act: str, **values: Any) -> Event:
    territory = hold_consortium(actor, act)
    held = Action.objects.select_for_update().filter(pk=key, territory=territory).first()
    if held is None:
        raise Refused(NOT_SHARED)
    state = ACTION.target(act, held.state)
    payload = {name: str(value) for name, value in values.items()}
    event = told(actor, f"action_{state}", ("action", key), payload)
    Action.objects.filter(pk=key).update(**values)
    return event


UNDONE: dict[str, tuple[str, dict[str, Any]]] = {
    "territories.action_in_progress": ("in_progress", {"started_on": None}),
    "territories.action_done": ("done", {"done_on": None}),
    "territories.action_dropped": ("dropped", {"dropped_on": None, "drop_reason": ""}),
}
"""What each act left, and what takes it back: the state before stands in the other dates."""


def restore(actor: Actor, event: Event) -> Event:
    """Compensates `start`, `finish` or `drop`. Raises CannotUndo."""
    left, before = UNDONE[event.kind]
    hold_consortium(actor)
    held = Action.objects.select_for_update().get(pk=key_of(event))
    if held.state != left:
        raise CannotUndo("Cette action a changé depuis : elle reste ainsi.")
    undone = told(actor, "action_restored", ("action", held.pk), cause=event.pk)
    Action.objects.filter(pk=held.pk).update(**before)
    return undone


def expect_again(actor: Actor, event: Event) -> Event:
    """Compensates `reach`."""
    hold_consortium(actor)
    key = key_of(event)
    undone = told(actor, "milestone_reached_undone", ("milestone", key), cause=event.pk)
    Milestone.objects.filter(pk=key).update(reached_on=None)
    return undone
