"""Two files that look alike are two persons': twins, namesakes. Taken back within ten minutes."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import TELL_APART
from jalons.access.transitions import Impossible
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ...models import PossibleDuplicate
from ..facts import load_pair

TOLD, UNDONE = "people.told_apart", "people.told_apart_undone"


@transaction.atomic
def tell_apart(actor: Actor, key: UUID) -> Event:
    """The pair is proposed no more. Raises Refused, Impossible when somebody said so before."""
    row = _hold(actor, key)
    if row.distinct_on:
        raise Impossible("Ces deux dossiers sont déjà distingués.")
    return _write(actor, row, TOLD, clock.today(), actor.account)


def bring_back(actor: Actor, event: Event) -> Event:
    """Compensates `tell_apart`. Raises CannotUndo."""
    assert event.object_key
    try:
        row = _hold(actor, event.object_key)
    except Refused:
        raise CannotUndo("Ces dossiers ont changé depuis : ils restent distincts.") from None
    return _write(actor, row, UNDONE, None, None, cause=event.pk)


def _hold(actor: Actor, key: UUID) -> PossibleDuplicate:
    row = PossibleDuplicate.objects.select_for_update().filter(pk=key).first()
    facts = load_pair(key, clock.now()) if row else None
    if row is None or facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, TELL_APART, facts)
    return row


def _write(
    actor: Actor,
    row: PossibleDuplicate,
    kind: str,
    day: date | None,
    account: UUID | None,
    *,
    cause: UUID | None = None,
) -> Event:
    """One event in the journal of each of the two persons; answers the first."""
    key: dict[str, Any] = {"object_kind": "possible_duplicate", "object_key": row.pk}
    event = record(actor, kind, person=row.person_id, cause=cause, **key)
    record(actor, kind, person=row.other_id, **key)
    PossibleDuplicate.objects.filter(pk=row.pk).update(distinct_on=day, distinct_by=account)
    return event
