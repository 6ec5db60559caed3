"""What a file says anew of somebody known, written, proposed, or left to their référent."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import decide, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import OPEN_ENTRY, TAKE_FROM_FILE
from jalons.kernel import clock

from ... import contacts
from ...circle import Circle
from ...entries.actions.open_entry import NewEntry, begin_entry
from ...holding import hold_person
from ...identity.actions.change_contacts import is_sealed
from ...identity.actions.correct_identity import propose
from ...identity.actions.writing import write
from ...identity.fields import at_once, giver, in_json
from ...models import Contact, Entry, Identifier, Person
from ..digests import digests
from ..known import Known, known, last_said
from ..rules import CONTACTS, ENTRY, FACT, IDENTITY, NUMBERS, Flow, Values, changed
from .circle_changes import attach_from_file
from .create_from_file import add_number
from .facts import take_facts
from .remembering import remember


@dataclass(frozen=True)
class Taken:
    """The attributes of which something new was said; those of the circle that were `left`."""

    changed: tuple[str, ...] = ()
    left: bool = False


@transaction.atomic
def take_from_file(actor: Actor, person: UUID, values: Values, flow: Flow) -> Taken:
    """Takes what the actor's organization did not say before. Raises Refused.

    Who may not write of the person announces that they came, once: their référent is told. To
    somebody out of whose sight the person is, the answer depends on what they said before alone.
    """
    assert actor.organization
    circle = hold_person(actor, person, OPEN_ENTRY)
    row = Person.objects.get(pk=person)
    if not decide(actor, TAKE_FROM_FILE, circle):
        return _announce(actor, circle, row, flow)
    said = digests(values)
    before = last_said(actor.organization, [person]).get(person, {})
    new = changed(said, before)
    now = known(circle.territory, [person])[person]
    differing = now.differing(values, new)
    told = differing if decide(actor, READ, circle, Level.IDENTITY) else new
    left = _write(actor, circle, now, {name: values[name] for name in differing}, flow)
    if new:
        remember(actor, row, said)
    if flow.opens:
        _come_again(actor, circle, flow)
    return Taken(tuple(told), left)


def _write(actor: Actor, circle: Circle, now: Known, values: Values, flow: Flow) -> bool:
    row = now.row
    _take_identity(actor, circle, row, values)
    for kind in CONTACTS:
        if kind in values and not is_sealed(row, kind):
            _take_contacts(actor, row, kind, values)
    for kind in NUMBERS:
        if kind in values:
            _take_number(actor, row, kind, str(values[kind]))
    take_facts(actor, row, {name: value for name, value in values.items() if FACT in name})
    return attach_from_file(actor, row.pk, values, flow).left


def _take_identity(actor: Actor, circle: Circle, row: Person, values: Values) -> None:
    """At once what the organization gave itself, or nobody; the rest is proposed."""
    hidden = row.hidden_address or row.discreet_contact
    wanted = {
        name: str(values[name])
        for name in IDENTITY
        if name in values and not (name == "commune" and hidden)
    }
    now = {
        name: value
        for name, value in wanted.items()
        if at_once(circle, giver(row, name), actor.organization, referent=False)
    }
    write(actor, row, now, actor.organization)
    waiting = {
        name: [in_json(getattr(row, name)), value]
        for name, value in wanted.items()
        if name not in now
    }
    if waiting:
        propose(actor, circle, Level.IDENTITY, waiting)


def _take_contacts(actor: Actor, row: Person, kind: str, values: Values) -> None:
    """Adds what is not there, and ends what the organization had given instead."""
    said = values[kind]
    texts = [said] if isinstance(said, str) else [str(text) for text in said]
    wanted = {contacts.digest(kind, text): text for text in texts}
    running = Contact.objects.filter(person=row.pk, kind=kind, ends_on=None)
    there = {bytes(one.digest or b"") for one in running}
    for one in running.filter(source=actor.organization):
        if bytes(one.digest or b"") not in wanted:
            record(
                actor,
                "people.contact_ended",
                person=row.pk,
                object_kind="contact",
                object_key=one.pk,
            )
            Contact.objects.filter(pk=one.pk).update(ends_on=clock.today())
    for digest, text in wanted.items():
        if digest not in there:
            new = contacts.new_contact(row, kind, text, source=actor.organization)
            record(
                actor,
                "people.contact_added",
                person=row.pk,
                object_kind="contact",
                object_key=new.pk,
            )
            new.save(force_insert=True)
    if row.without_contact_on and kind != "address":
        Person.objects.filter(pk=row.pk).update(without_contact_on=None)


def _take_number(actor: Actor, row: Person, kind: str, text: str) -> None:
    """The number that the organization gives now replaces the one that it had given."""
    before = Identifier.objects.filter(person=row.pk, kind=kind, source=actor.organization)
    old = list(before)
    if not add_number(actor, row, kind, text):
        return
    for one in old:
        record(
            actor,
            "people.identifier_removed",
            person=row.pk,
            object_kind="identifier",
            object_key=one.pk,
            payload={"kind": kind},
        )
        one.delete()


def _announce(actor: Actor, circle: Circle, row: Person, flow: Flow) -> Taken:
    assert actor.organization
    said = digests({ENTRY: flow.name})
    before = last_said(actor.organization, [row.pk]).get(row.pk, {})
    if not changed(said, before):
        return Taken()
    _begin(actor, circle, flow, opened=not circle.followers)
    remember(actor, row, said)
    return Taken((ENTRY,))


def _come_again(actor: Actor, circle: Circle, flow: Flow) -> None:
    """Somebody whom nobody follows nor expects any more comes in by the flow, once."""
    if not circle.followers and not any(door.waiting for door in circle.doors):
        _begin(actor, circle, flow, opened=True)


def _begin(actor: Actor, circle: Circle, flow: Flow, *, opened: bool) -> None:
    require(actor, OPEN_ENTRY, circle)
    if not Entry.objects.filter(person=circle.key, flow=flow.name).exists():
        new = NewEntry(flow.origin, "", flow.received_on, flow.name)
        begin_entry(actor, circle, new, opened=opened)
