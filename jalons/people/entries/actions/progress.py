"""The acts of the entry's workflow (`rules.ENTRY`)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.relations import load_organization

from ...holding import hold_person
from ...models import Entry
from ..rules import ENTRY, EntryDates, entry_state


class NotThatDay(ValueError):
    """A first interview is held on a past or present day, not before the entry."""


@transaction.atomic
def assign_entry(actor: Actor, person: UUID, entry: UUID, organization: UUID) -> Event:
    """Gives an entry to an organization of the territory. Raises Refused, Impossible."""
    act = "people.assign_entry"
    found = _hold_entry(actor, person, entry, act)
    facts = load_organization(organization, clock.now())
    if facts is None:
        raise Refused("Cette structure n’est pas de votre territoire.")
    require(actor, READ, facts, Level.OPEN)
    return _change(actor, found, act, assigned_to_id=organization, assigned_on=clock.today())


@transaction.atomic
def hold_first_interview(actor: Actor, person: UUID, entry: UUID, day: date) -> Event:
    """Records the day of the first interview. Raises Refused, Impossible, NotThatDay."""
    act = "people.hold_first_interview"
    found = _hold_entry(actor, person, entry, act)
    if not found.received_on <= day <= clock.today():
        raise NotThatDay
    return _change(actor, found, act, first_interview_on=day)


@transaction.atomic
def close_entry(actor: Actor, person: UUID, entry: UUID, motive: str) -> Event:
    """Closes an entry without a first interview. Raises Refused, Impossible."""
    act = "people.close_entry"
    found = _hold_entry(actor, person, entry, act)
    return _change(actor, found, act, closed_on=clock.today(), close_motive=motive)


def _hold_entry(actor: Actor, person: UUID, entry: UUID, act: str) -> Entry:
    """Locks the person and the entry, once it is opened. Raises Refused."""
    hold_person(actor, person, act)
    opened = Entry.objects.select_for_update().filter(person=person, opened_on__isnull=False)
    found = opened.filter(pk=entry).first()
    if found is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    return found


def _change(actor: Actor, found: Entry, act: str, **values: Any) -> Event:
    dates = EntryDates(found.assigned_on, found.first_interview_on, found.closed_on)
    state = ENTRY.target(act, entry_state(dates))
    Entry.objects.filter(pk=found.pk).update(**values)
    return record(
        actor,
        f"people.entry_{state}",
        person=found.person_id,
        object_kind="entry",
        object_key=found.pk,
        payload={name: str(value) for name, value in values.items()},
    )
