"""The acts of the entry's workflow (`rules.ENTRY`)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import clock

from ..models import Entry
from ..rules import ENTRY, EntryDates, entry_state
from .holding import hold_person


class InTheFuture(ValueError):
    """A first interview is held on a past or present day, after the entry."""


@transaction.atomic
def assign_entry(actor: Actor, person: UUID, entry: UUID, organization: UUID) -> Event:
    """Gives an entry to an organization. Raises Refused, Impossible."""
    day = clock.today()
    return _change(
        actor, person, entry, "people.assign_entry", assigned_to_id=organization, assigned_on=day
    )


@transaction.atomic
def hold_first_interview(actor: Actor, person: UUID, entry: UUID, day: date) -> Event:
    """Records the day of the first interview. Raises Refused, Impossible, InTheFuture."""
    if day > clock.today():
        raise InTheFuture
    return _change(actor, person, entry, "people.hold_first_interview", first_interview_on=day)


@transaction.atomic
def close_entry(actor: Actor, person: UUID, entry: UUID, motive: str) -> Event:
    """Closes an entry without a first interview. Raises Refused, Impossible."""
    day = clock.today()
    return _change(actor, person, entry, "people.close_entry", closed_on=day, close_motive=motive)


def _change(actor: Actor, person: UUID, entry: UUID, act: str, **values: Any) -> Event:
    hold_person(actor, person, act)
    found = Entry.objects.select_for_update().filter(pk=entry, person=person).first()
    if found is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    dates = EntryDates(found.assigned_on, found.first_interview_on, found.closed_on)
    state = ENTRY.target(act, entry_state(dates))
    Entry.objects.filter(pk=entry).update(**values)
    return record(
        actor,
        f"people.entry_{state}",
        person=person,
        object_kind="entry",
        object_key=entry,
        payload={name: str(value) for name, value in values.items()},
    )
