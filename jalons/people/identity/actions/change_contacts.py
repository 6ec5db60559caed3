"""Ways to reach a person: added, replaced, ended; an end is taken back within ten minutes."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.kernel import clock

from ... import contacts
from ...circle import Circle
from ...domains import VIOLENCES
from ...holding import hold_person
from ...models import Contact, ContactKind, Person
from ...sealed import own_token
from .correct_identity import reads_hidden

ACT = "people.change_contacts"


class SealedForYou(Exception):
    """The contacts of this person are changed by their référent, or by whom they named."""


@dataclass(frozen=True)
class Described:
    """`text` is what was typed; `note` says whose it is, or when to call."""

    kind: str
    text: str
    note: str = ""
    safe: bool = False


@transaction.atomic
def add_contact(actor: Actor, person: UUID, new: Described) -> Event:
    """Raises Refused, SealedForYou, contacts.WrongContact."""
    circle = hold_person(actor, person, ACT)
    row = _create(actor, circle, new)
    return _tell(actor, row, "added", {"value": _said(row)})


@transaction.atomic
def replace_contact(actor: Actor, person: UUID, key: UUID, new: Described) -> Event:
    """Ends a contact today and writes the one that follows it.

    Raises Refused, SealedForYou, contacts.WrongContact.
    """
    circle, old = _hold(actor, person, key)
    Contact.objects.filter(pk=key).update(ends_on=clock.today())
    row = _create(actor, circle, new)
    return _tell(actor, row, "replaced", {"value": [_said(old), _said(row)]})


@transaction.atomic
def end_contact(actor: Actor, person: UUID, key: UUID) -> Event:
    """From today on, this contact is used no more. Raises Refused."""
    _, row = _hold(actor, person, key)
    Contact.objects.filter(pk=key).update(ends_on=clock.today())
    return _tell(actor, row, "ended", {"value": _said(row)})


@transaction.atomic
def say_without(actor: Actor, person: UUID, without: bool) -> Event:
    """Says that nothing reaches the person, or no longer says it; a new contact unsays it.

    Raises Refused.
    """
    circle = hold_person(actor, person, ACT)
    day = clock.today() if without else None
    Person.objects.filter(pk=circle.key).update(without_contact_on=day)
    payload = {"without_contact": without}
    return record(actor, "people.without_contact_changed", person=person, payload=payload)


def reopen_contact(actor: Actor, event: Event) -> Event:
    """Compensates `end_contact`. Raises CannotUndo."""
    assert event.person
    assert event.object_key
    try:
        circle = hold_person(actor, event.person, ACT)
    except Refused:
        raise CannotUndo("Le dossier a changé depuis : le retrait reste.") from None
    row = Contact.objects.filter(pk=event.object_key, person=circle.key).first()
    if row is None:
        raise CannotUndo("Le dossier a changé depuis : le retrait reste.")
    Contact.objects.filter(pk=row.pk).update(ends_on=None)
    return _tell(actor, row, "end_undone", {}, cause=event.pk)


def is_sealed(person: Person, kind: str) -> bool:
    """Whether a contact of this kind is sealed for this person."""
    return person.discreet_contact or (person.hidden_address and kind == ContactKind.ADDRESS)


def _create(actor: Actor, circle: Circle, new: Described) -> Contact:
    person = Person.objects.get(pk=circle.key)
    hidden = is_sealed(person, new.kind)
    if hidden and not reads_hidden(actor, circle):
        raise SealedForYou
    row = contacts.new_contact(
        person,
        new.kind,
        new.text,
        note=new.note,
        safe=new.safe,
        source=actor.organization,
        level=Level.SEALED if hidden else Level.IDENTITY,
        domain=own_token(person.pk, VIOLENCES, actor.account) if hidden else "",
    )
    row.save(force_insert=True)
    if person.without_contact_on:
        Person.objects.filter(pk=person.pk).update(without_contact_on=None)
    return row


def _hold(actor: Actor, person: UUID, key: UUID) -> tuple[Circle, Contact]:
    circle = hold_person(actor, person, ACT)
    running = Contact.objects.select_for_update().filter(person=person, ends_on=None)
    row = running.filter(pk=key).first()
    if row is None or (row.level == Level.SEALED and not reads_hidden(actor, circle)):
        raise Refused("Cette page n’est pas partagée avec vous.")
    return circle, row


def _said(row: Contact) -> dict[str, str]:
    content = contacts.read(row)
    return {"kind": row.kind, "value": content.value, "note": content.note}


def _tell(
    actor: Actor, row: Contact, what: str, payload: dict[str, object], *, cause: UUID | None = None
) -> Event:
    sealed = "sealed_" if row.level == Level.SEALED else ""
    return record(
        actor,
        f"people.{sealed}contact_{what}",
        person=row.person_id,
        object_kind="contact",
        object_key=row.pk,
        payload=payload,
        cause=cause,
    )
