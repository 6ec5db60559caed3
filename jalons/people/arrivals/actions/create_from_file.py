"""Somebody whom a file names and whom nobody knows: the person, and the entry that brings them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.table import CREATE_FROM_FILE
from jalons.kernel import clock, locks
from jalons.nomenclature.queries import commune as commune_of
from jalons.territories.relations import ConsortiumFacts

from ... import contacts, identifiers, names
from ...circle import Circle, Door
from ...entries.actions.open_entry import NewEntry, begin_entry
from ...front_door.candidates import by_names
from ...front_door.queries import known_to
from ...front_door.rules import Names, swapped
from ...models import Contact, Identifier, Person
from ...pairs.actions.propose import meet
from ...pairs.actions.tell_apart import keep_apart
from ..digests import digests
from ..rules import CONTACTS, IDENTITY, NUMBERS, Flow, Values
from .circle_changes import change_circle
from .facts import take_facts
from .remembering import remember

SHARED_IN_A_HOME = frozenset({"caf", "msa"})
"""The numbers of a household: two persons may bear them."""


class KnownMeanwhile(Exception):
    """Somebody who may be the person is known: she was created since the file was looked at."""


@transaction.atomic
def create_from_file(
    actor: Actor, values: Values, flow: Flow, apart: Collection[UUID] = ()
) -> Person:
    """Creates the person with all that the file says. Raises Refused, KnownMeanwhile.

    `apart`: persons of whom the author said that she is none of them, although she looks like them.
    Protected persons whom she may be are told to their référent alone.
    """
    assert actor.territory
    require(actor, CREATE_FROM_FILE, ConsortiumFacts(actor.territory))
    said = _names(values)
    hidden = _look_again(actor, said, values, apart)
    person = _person(actor, values)
    Contact.objects.bulk_create(_contacts(actor, person, values))
    _take_numbers(actor, person, values)
    circle = Circle(person.pk, person.territory_id)
    new = NewEntry(flow.origin, "", flow.received_on, flow.name)
    entry = begin_entry(actor, circle, new, opened=True)
    take_facts(actor, person, values, new=True)
    door = Door(entry.door_id, waiting=True, opened=True)
    change_circle(actor, replace(circle, doors=(door,)), values, flow)
    remember(actor, person, digests(values))
    meet(actor, person, hidden)
    keep_apart(actor, person, apart)
    return person


def _names(values: Values) -> Names:
    return Names(
        str(values["family_name"]),
        str(values["given_name"]),
        str(values.get("birth_name", "")),
        date.fromisoformat(str(values["birth_date"])),
    )


def _look_again(actor: Actor, said: Names, values: Values, apart: Collection[UUID]) -> set[UUID]:
    """Whom nobody may know of but may be the person, under the front door's lock.

    Raises KnownMeanwhile.
    """
    assert actor.territory
    assert said.birth_date
    day = said.birth_date
    locks.hold(f"receive:{actor.territory}:{min(day, swapped(day))}")
    found = by_names(actor.territory, said)
    certain = {key for key, like in found.items() if like == "same"}
    certain |= _bearing(actor, values, set(found))
    if known_to(actor, sorted(certain.difference(apart))):
        raise KnownMeanwhile
    return set(found) | certain


def _bearing(actor: Actor, values: Values, likely: set[UUID]) -> set[UUID]:
    """Those of the likely persons who bear one of her own numbers."""
    kinds = set(NUMBERS) - SHARED_IN_A_HOME
    wanted = [identifiers.hashed(kind, str(values[kind])) for kind in kinds & set(values)]
    rows = Identifier.objects.filter(person__in=likely, kind__in=kinds, digest__in=wanted)
    return set(rows.values_list("person", flat=True))


def _person(actor: Actor, values: Values) -> Person:
    assert actor.territory
    said = {name: values[name] for name in IDENTITY if values.get(name)}
    place = commune_of(str(said.get("commune", "")))
    family, given = str(said["family_name"]), str(said["given_name"])
    row = Person(
        **said | {"birth_date": date.fromisoformat(str(said["birth_date"]))},
        territory_id=actor.territory,
        epci=place.epci if place else "",
        sort_key=names.sort_key(family, given),
        names=names.indexed(family, str(said.get("birth_name", "")), given),
        sources={name: [str(actor.organization), clock.today().isoformat()] for name in said},
    )
    record(actor, "people.person_created", person=row.pk)
    row.save(force_insert=True)
    return row


def _contacts(actor: Actor, person: Person, values: Values) -> Iterable[Contact]:
    for kind in CONTACTS:
        said = values.get(kind, [])
        for text in [said] if isinstance(said, str) else said:
            yield contacts.new_contact(person, kind, text, source=actor.organization)


def _take_numbers(actor: Actor, person: Person, values: Values) -> None:
    """Those of a person just created: her creation tells them."""
    said = {kind: str(values[kind]) for kind in NUMBERS if values.get(kind)}
    if said:
        Identifier.objects.bulk_create(_writable(actor, person, said))


def add_number(actor: Actor, person: Person, kind: str, text: str) -> bool:
    """Whether the number was written: one that is another person's own is not, and their référent
    is told."""
    for row in _writable(actor, person, {kind: text}):
        record(
            actor,
            "people.identifier_added",
            person=person.pk,
            object_kind="identifier",
            object_key=row.pk,
            payload={"kind": kind},
        )
        row.save(force_insert=True)
        return True
    return False


def _writable(actor: Actor, person: Person, said: Mapping[str, str]) -> list[Identifier]:
    """The numbers to write, locked, less the person's own and those of others in plain sight."""
    rows = [
        identifiers.new_identifier(person, kind, text, source=actor.organization)
        for kind, text in said.items()
    ]
    locks.hold_all(f"people.identifier:{row.kind}:{bytes(row.digest).hex()}" for row in rows)
    same = Identifier.objects.filter(
        territory=person.territory_id, digest__in=[bytes(row.digest) for row in rows]
    )
    bearers = defaultdict(list)
    for kind, *bearer in same.values_list("kind", "person", "person__protected", "pk"):
        bearers[kind].append(bearer)
    return [row for row in rows if not _is_borne(actor, row, bearers[row.kind])]


def _is_borne(actor: Actor, row: Identifier, bearers: list[list[Any]]) -> bool:
    """Whether the person has the number already, or another one whom nothing hides."""
    if any(bearer == row.person_id for bearer, _, _ in bearers):
        return True
    if row.kind in SHARED_IN_A_HOME:
        return False
    for bearer, _, key in bearers:
        record(
            actor,
            "people.identifier_met",
            person=bearer,
            object_kind="identifier",
            object_key=key,
            payload={"kind": row.kind},
        )
    return any(not protected for _, protected, _ in bearers)
