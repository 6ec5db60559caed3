"""A known person's new entry: from a request, or from a flow that names them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.table import OPEN_ENTRY
from jalons.kernel import clock

from ...circle import Circle
from ...holding import hold_person
from ...models import Entry


@dataclass(frozen=True)
class NewEntry:
    """`origin` is one of `Origin`; `flow` names the file that brings the person, if any."""

    origin: str
    request: str
    received_on: date
    flow: str = ""


@transaction.atomic
def open_entry_of_flow(actor: Actor, person: UUID, new: NewEntry) -> Entry:
    """Opens, at the actor's structure, the entry of somebody whom a flow names.

    The same person in the same flow has one entry, whatever became of it. Somebody followed
    already: it stays closed and their référent is told, for an import opens nobody's file. Raises
    Refused, ValueError without the flow's name.
    """
    if not new.flow:
        raise ValueError("the entry of a flow names it")
    circle = hold_person(actor, person, OPEN_ENTRY)
    known = Entry.objects.filter(person=person, flow=new.flow).first()
    return known or begin_entry(actor, circle, new, opened=not circle.followers)


def begin_entry(actor: Actor, circle: Circle, new: NewEntry, *, opened: bool) -> Entry:
    """The entry of a person whose row the caller locked, and the event that tells it."""
    assert actor.organization
    entry = Entry(
        territory_id=circle.territory,
        person_id=circle.key,
        door_id=actor.organization,
        origin=new.origin,
        request=new.request,
        received_on=new.received_on,
        opened_on=clock.today() if opened else None,
        flow=new.flow,
    )
    record(
        actor,
        "people.entry_received" if opened else "people.entry_announced",
        person=circle.key,
        object_kind="entry",
        object_key=entry.pk,
        payload={"origin": new.origin},
    )
    entry.save(force_insert=True)
    return entry
