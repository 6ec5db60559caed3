"""Ending a status, correcting its dates, confirming it, taking an end back within ten minutes."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock

from ...models import Status
from .holding import WrongDates, event_kind, hold_status

ACT = "people.change_status"


@transaction.atomic
def end_status(actor: Actor, person: UUID, key: UUID, last_day: date) -> Event:
    """Ends a status after `last_day`, past or to come. Raises Refused, WrongDates."""
    _, row, _ = hold_status(actor, person, key, ACT)
    if last_day < row.starts_on:
        raise WrongDates("Le dernier jour ne peut pas venir avant le début.")
    return _change(actor, row, "ended", row.starts_on, last_day + timedelta(days=1))


@transaction.atomic
def correct_status(
    actor: Actor, person: UUID, key: UUID, starts_on: date, ends_on: date | None
) -> Event:
    """Corrects the dates of a status; the former ones stay in the journal.

    Raises Refused, WrongDates.
    """
    _, row, _ = hold_status(actor, person, key, ACT)
    if ends_on and ends_on <= starts_on:
        raise WrongDates("La fin vient après le début.")
    return _change(actor, row, "corrected", starts_on, ends_on)


@transaction.atomic
def confirm_status(actor: Actor, person: UUID, key: UUID) -> Event:
    """Says that a status is true today: it runs, or it did end that day. Raises Refused."""
    _, row, _ = hold_status(actor, person, key, ACT)
    Status.objects.filter(pk=row.pk).update(confirmed_on=clock.today())
    return record(
        actor,
        event_kind(row.level, "confirmed"),
        person=row.person_id,
        object_kind="status",
        object_key=row.pk,
    )


def reopen(actor: Actor, event: Event) -> Event:
    """Compensates `end_status`. Raises CannotUndo when the status changed since."""
    assert event.person
    assert event.object_key
    try:
        _, row, _ = hold_status(actor, event.person, event.object_key, ACT)
    except Refused:
        raise CannotUndo("Le dossier a changé depuis : la fin du statut reste.") from None
    content = disclose(event)
    if content is None or _text(row.ends_on) != content.data["ends_on"][1]:
        raise CannotUndo("Le statut a changé depuis : sa fin reste.")
    before = content.data["ends_on"][0]
    planned = date.fromisoformat(before) if before else None
    return _change(actor, row, "end_undone", row.starts_on, planned, cause=event.pk)


def _change(
    actor: Actor,
    row: Status,
    what: str,
    starts_on: date,
    ends_on: date | None,
    *,
    cause: UUID | None = None,
) -> Event:
    Status.objects.filter(pk=row.pk).update(
        starts_on=starts_on, ends_on=ends_on, confirmed_on=clock.today()
    )
    return record(
        actor,
        event_kind(row.level, what),
        person=row.person_id,
        object_kind="status",
        object_key=row.pk,
        payload={
            "starts_on": [_text(row.starts_on), _text(starts_on)],
            "ends_on": [_text(row.ends_on), _text(ends_on)],
        },
        cause=cause,
    )


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
