"""Two files that look alike are two persons': twins, namesakes. Taken back within ten minutes."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.table import TELL_APART
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ...models import Pair
from ..workflow import PAIR, pair_state
from .holding import hold_pair, tell

TOLD, UNDONE, POSTPONED = "people.told_apart", "people.told_apart_undone", "people.pair_postponed"


@transaction.atomic
def tell_apart(actor: Actor, key: UUID) -> Event:
    """The pair is proposed no more. Raises Refused, Impossible when it was answered before."""
    row, _ = hold_pair(actor, key, TELL_APART)
    answer = PAIR.target(TELL_APART, pair_state(row.answer))
    event = tell(actor, row, TOLD)
    Pair.objects.filter(pk=key).update(
        answer=answer, answered_on=clock.today(), answered_by=actor.account
    )
    return event


@transaction.atomic
def postpone(actor: Actor, key: UUID) -> Event:
    """The pair goes to the end of the queue. Raises Refused, Impossible when it was answered."""
    row, _ = hold_pair(actor, key, TELL_APART)
    PAIR.transition(TELL_APART, pair_state(row.answer))
    event = tell(actor, row, POSTPONED)
    Pair.objects.filter(pk=key).update(postponed_at=clock.now())
    return event


def bring_back(actor: Actor, event: Event) -> Event:
    """Compensates `tell_apart`. Raises CannotUndo."""
    assert event.object_key
    try:
        row, _ = hold_pair(actor, event.object_key, TELL_APART)
    except Refused:
        raise CannotUndo("Ces dossiers ont changé depuis : ils restent distincts.") from None
    if row.answer != Pair.Answer.DISTINCT:
        raise CannotUndo("Ces dossiers ont changé depuis.")
    undone = tell(actor, row, UNDONE, cause=event.pk)
    Pair.objects.filter(pk=row.pk).update(answer="", answered_on=None, answered_by=None)
    return undone
