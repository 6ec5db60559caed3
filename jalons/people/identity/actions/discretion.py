"""A hidden address (law of 13 June 2024), a discreet contact: what they seal and give back."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.journal.models import Event

from ...domains import VIOLENCES, token
from ...holding import hold_person
from ...models import Contact, ContactKind, Person
from ...sealed import refresh_sealed_readers
from ...statuses.actions.holding import add_reader
from .change_contacts import is_sealed

HIDE, BE_DISCREET = "people.hide_address", "people.be_discreet"
COLUMNS = {HIDE: "hidden_address", BE_DISCREET: "discreet_contact"}


def hide_address(actor: Actor, person: UUID, hidden: bool) -> Event:
    """Seals the address for the référent and the named readers, or gives it back.

    Raises Refused.
    """
    return _change(actor, person, HIDE, hidden)


def be_discreet(actor: Actor, person: UUID, discreet: bool) -> Event:
    """Seals every contact, and leaves the safe channels only, or ends it. Raises Refused."""
    return _change(actor, person, BE_DISCREET, discreet)


@transaction.atomic
def _change(actor: Actor, person: UUID, act: str, wanted: bool) -> Event:
    circle = hold_person(actor, person, act)
    row = Person.objects.get(pk=person)
    setattr(row, COLUMNS[act], wanted)
    row.save(update_fields=[COLUMNS[act]])
    if wanted:
        add_reader(circle, actor.account, VIOLENCES, "author")
        refresh_sealed_readers(person)
    theirs, kinds = Contact.objects.filter(person=person), _sealed_kinds(row)
    theirs.filter(kind__in=kinds).update(level=Level.SEALED, domain=token(VIOLENCES))
    theirs.exclude(kind__in=kinds).update(level=Level.IDENTITY, domain="")
    payload = {COLUMNS[act]: wanted}
    return record(actor, "people.discretion_changed", person=person, payload=payload)


def _sealed_kinds(row: Person) -> list[str]:
    return [kind for kind in ContactKind.values if is_sealed(row, kind)]
