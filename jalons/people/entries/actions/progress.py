"""The first interview and the end of an entry (`rules.ENTRY`); `assign` gives it to somebody."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.table import CLOSE_ENTRY
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ...circle import load_circle
from ...holding import hold_person
from ...models import Entry, Person
from ..rules import ENTRY, EntryDates, entry_state


class NotThatDay(ValueError):
    """A first interview is held on a past or present day, not before the entry."""


@transaction.atomic
def hold_first_interview(actor: Actor, person: UUID, entry: UUID, day: date) -> Event:
    """Records the day of the first interview. Raises Refused, Impossible, NotThatDay."""
    act = "people.hold_first_interview"
    found = hold_entry(actor, person, entry, act)
    if not found.received_on <= day <= clock.today():
        raise NotThatDay
    return _change(actor, found, act, first_interview_on=day)


@transaction.atomic
def close_entry(actor: Actor, person: UUID, entry: UUID, motive: str) -> Event:
    """Closes an entry without a first interview. Raises Refused, Impossible."""
    found = hold_entry(actor, person, entry, CLOSE_ENTRY)
    return _change(actor, found, CLOSE_ENTRY, closed_on=clock.today(), close_motive=motive)


def reopen_entry(actor: Actor, event: Event) -> Event:
    """Compensates `close_entry`. Raises CannotUndo when the person closed the file meanwhile."""
    Person.objects.select_for_update().filter(pk__in=[event.person]).first()
    circle = load_circle(event.person, clock.now()) if event.person else None
    found = Entry.objects.filter(pk__in=[event.object_key]).first()
    if circle is None or found is None or circle.frozen or circle.protected:
        raise CannotUndo("Le dossier a changé depuis : l’entrée reste close.")
    Entry.objects.filter(pk=found.pk).update(closed_on=None, close_motive="")
    return record(
        actor,
        "people.entry_reopened",
        person=found.person_id,
        object_kind="entry",
        object_key=found.pk,
        cause=event.pk,
    )


def hold_entry(actor: Actor, person: UUID, entry: UUID, act: str) -> Entry:
    """Locks the person and the entry, once it is opened. Raises Refused."""
    hold_person(actor, person, act)
    opened = Entry.objects.select_for_update().filter(person=person, opened_on__isnull=False)
    found = opened.filter(pk=entry).first()
    if found is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    return found


def dates_of(found: Entry) -> EntryDates:
    return EntryDates(found.assigned_on, found.first_interview_on, found.closed_on)


def _change(actor: Actor, found: Entry, act: str, **values: Any) -> Event:
    state = ENTRY.target(act, entry_state(dates_of(found)))
    Entry.objects.filter(pk=found.pk).update(**values)
    return record(
        actor,
        f"people.entry_{state}",
        person=found.person_id,
        object_kind="entry",
        object_key=found.pk,
        payload={name: str(value) for name, value in values.items()},
    )
