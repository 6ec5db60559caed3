"""Numbers of institutions for a person: added, corrected, removed."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import locks

from ... import identifiers
from ...circle import Circle
from ...holding import hold_person
from ...models import Identifier, Person

ACT = "people.change_identifiers"


@dataclass(frozen=True)
class Kept:
    """`taken`: the number is another person's, nothing was written for this one."""

    event: Event | None = None
    taken: bool = False


@transaction.atomic
def add_identifier(actor: Actor, person: UUID, kind: str, text: str) -> Kept:
    """Raises Refused, identifiers.WrongIdentifier.

    The référent of another person who has the number is told. A protected one is met by their
    référent only: for everybody else nobody has the number, and it is written.
    """
    circle = hold_person(actor, person, ACT)
    return _write(actor, circle, kind, text, None)


@transaction.atomic
def replace_identifier(actor: Actor, person: UUID, key: UUID, text: str) -> Kept:
    """Corrects a number. Raises Refused, identifiers.WrongIdentifier."""
    circle, row = _hold(actor, person, key)
    return _write(actor, circle, row.kind, text, row)


@transaction.atomic
def remove_identifier(actor: Actor, person: UUID, key: UUID) -> Event:
    """Removes a number that is not the person's. Raises Refused."""
    _, row = _hold(actor, person, key)
    Identifier.objects.filter(pk=key).delete()
    return _tell(actor, row, "removed")


def _hold(actor: Actor, person: UUID, key: UUID) -> tuple[Circle, Identifier]:
    circle = hold_person(actor, person, ACT)
    row = Identifier.objects.select_for_update().filter(pk=key, person=person).first()
    if row is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    return circle, row


def _write(actor: Actor, circle: Circle, kind: str, text: str, old: Identifier | None) -> Kept:
    person = Person.objects.get(pk=circle.key)
    row = identifiers.new_identifier(person, kind, text, source=actor.organization)
    locks.hold(f"people.identifier:{row.kind}:{bytes(row.digest).hex()}")
    if _met(actor, row):
        return Kept(taken=True)
    same = Identifier.objects.filter(person=person, kind=kind, digest=row.digest)
    if same.exists():
        return Kept()
    if old:
        Identifier.objects.filter(pk=old.pk).delete()
    row.save(force_insert=True)
    return Kept(_tell(actor, row, "replaced" if old else "added"))


def _met(actor: Actor, row: Identifier) -> bool:
    """Tells of each other person who has this number; whether one of them is in plain sight."""
    others = Identifier.objects.filter(
        territory=row.territory_id, kind=row.kind, digest=bytes(row.digest)
    )
    found = list(
        others.exclude(person=row.person_id).values_list("person", "person__protected", "pk")
    )
    for person, _, key in found:
        record(
            actor,
            "people.identifier_met",
            person=person,
            object_kind="identifier",
            object_key=key,
            payload={"kind": row.kind},
        )
    return any(not protected for _, protected, _ in found)


def _tell(actor: Actor, row: Identifier, what: str) -> Event:
    return record(
        actor,
        f"people.identifier_{what}",
        person=row.person_id,
        object_kind="identifier",
        object_key=row.pk,
        payload={"kind": row.kind},
    )
