from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ..models import Term
from ..rights import TermFacts
from ..rules import earliest_end
from .changed import lists_changed


@transaction.atomic
def close_term(actor: Actor, key: UUID, day: date) -> Event:
    """Closes an entry of the actor's territory: `day` is the first one without it.

    Raises Refused, or ValidationError with what to say on screen.
    """
    closed = _hold(actor, key)
    earliest = earliest_end(closed.valid_from, clock.today())
    if day < earliest:
        raise ValidationError({"day": f"Choisissez le {earliest:%d/%m/%Y} ou une date à venir."})
    before = closed.valid_until.isoformat() if closed.valid_until else None
    _put(closed, day)
    return record(
        actor,
        "nomenclature.term_closed",
        object_kind="term",
        object_key=key,
        payload={"from": day.isoformat(), "before": before},
    )


def reopen(actor: Actor, event: Event) -> Event:
    """Compensates `close_term`: the entry is proposed again. Raises CannotUndo."""
    assert event.object_key
    try:
        closed = _hold(actor, event.object_key)
    except Refused:
        raise CannotUndo("Cet acte ne peut pas être annulé.") from None
    _put(closed, None)
    return record(
        actor,
        "nomenclature.term_reopened",
        object_kind="term",
        object_key=closed.pk,
        cause=event.pk,
    )


def _hold(actor: Actor, key: UUID) -> Term:
    """The locked entry. Raises Refused, for a national one too."""
    found = Term.objects.select_for_update().filter(pk=key, territory__isnull=False).first()
    if found is None or found.territory is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, "nomenclature.close_term", TermFacts(key, found.territory))
    return found


def _put(term: Term, valid_until: date | None) -> None:
    term.valid_until = valid_until
    term.save(update_fields=["valid_until"])
    lists_changed()
