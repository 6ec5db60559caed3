"""Undo is a compensating act with its own event, open to its author for ten minutes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jalons.journal.models import Event
from jalons.kernel import clock, locks

from .actor import Actor

DELAY = timedelta(minutes=10)
Compensate = Callable[[Actor, Event], Event]
Said = Callable[[Event], str]
_compensations: dict[str, Compensate] = {}
_said: dict[str, Said] = {}


class CannotUndo(Exception):
    """Too late, done already, somebody else's, or not an act that can be undone."""


def register(kind: str, compensate: Compensate) -> None:
    """`compensate` reverses the act of an event and appends an event caused by it."""
    _compensations[kind] = compensate


def say(kind: str, said: Said) -> None:
    """What the screen says of a compensating event of this kind, instead of « C’est annulé. »."""
    _said[kind] = said


def said_of(undone: Event) -> str:
    said = _said.get(undone.kind)
    return said(undone) if said else "C’est annulé."


def undoable(kind: str) -> bool:
    return kind in _compensations


@transaction.atomic
def undo(actor: Actor, event_key: UUID) -> Event:
    """Compensates one's own recent act. Raises CannotUndo with a French sentence."""
    locks.hold(f"undo:{event_key}")
    event = Event.objects.filter(pk=event_key, account=actor.account, mandate=actor.mandate).first()
    if event is None or event.kind not in _compensations:
        raise CannotUndo("Cet acte ne peut pas être annulé.")
    if clock.now() - event.occurred_at > DELAY:
        raise CannotUndo("Le délai de dix minutes pour annuler est passé.")
    if Event.objects.filter(cause=event.pk).exists():
        raise CannotUndo("Cet acte est déjà annulé.")
    return _compensations[event.kind](actor, event)
