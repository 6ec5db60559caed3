from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock, locks
from jalons.nomenclature.queries import commune as commune_of

from ... import contacts, names
from ...intakes.actions.settle import take_intake
from ...intakes.said import said_in
from ...models import Contact, Entry, FollowUp, Intake, Person, Search
from ...models.entry import Origin
from ...pairs.actions.propose import doubt, meet
from ..candidates import by_names, by_number
from ..queries import known_to
from ..relations import load_search
from ..rules import Names, swapped

RECEIVE = "people.receive"
NO_MESSAGE = "Ne pas laisser de message"
FACTS = ("family_name", "birth_name", "given_name", "birth_date", "commune", "language", "channel")


class SearchFirst(Exception):
    """The names are not those of the search: nobody knows yet whether the person is known."""


class AlreadyKnown(Exception):
    """Somebody who may be the person is known, or was created since the search."""


@dataclass(frozen=True)
class Newcomer:
    """A person to create, and what they ask for in their own words.

    `distinct`: the author looked at whom the search found, and it is nobody of them. `note` stands
    beside the contacts.
    """

    said: Names
    commune: str = ""
    language: str = "fra"
    channel: str = ""
    phones: tuple[str, ...] = field(default=())
    email: str = ""
    origin: str = "self"
    request: str = ""
    distinct: bool = False
    note: str = ""


@dataclass(frozen=True)
class Received:
    """`row` is the person created."""

    row: Person
    entry: UUID
    event: Event

    @property
    def person(self) -> UUID:
        return self.row.pk


def receive(actor: Actor, search: UUID, newcomer: Newcomer) -> Received:
    """Creates a person whom a search did not find, with their entry at the actor's door.

    Two agents who receive the same person at once wait for each other: the second one sees whom the
    first created, added to what their search found. The request that the search was made for is
    then theirs. Raises Refused, SearchFirst, AlreadyKnown, Impossible when it is no longer waiting.
    """
    with transaction.atomic():
        facts = load_search(search, clock.now())
        if facts is None:
            raise Refused("Cette recherche est terminée.")
        require(actor, RECEIVE, facts)
        found = Search.objects.select_for_update().get(pk=search)
        newcomer = _of_intake(found, newcomer)
        likely = _likely(actor, newcomer)
        known = known_to(actor, likely)
        received = None
        if not _known(found, newcomer, known):
            received = _receive(actor, found, newcomer)
            meet(actor, received.row, set(likely) - set(known))
            doubt(actor, received.row, known)
    if received is None:
        raise AlreadyKnown
    return received


def _receive(actor: Actor, search: Search, newcomer: Newcomer) -> Received:
    person = _person(actor, newcomer)
    entry = _entry(actor, person, newcomer)
    Search.objects.filter(pk=search.pk).update(created=person.pk)
    event = record(
        actor,
        "people.entry_received",
        person=person.pk,
        object_kind="entry",
        object_key=entry.pk,
        payload={"origin": newcomer.origin},
        dimensions={"epci": person.epci} if person.epci else None,
    )
    if search.intake:
        take_intake(actor, search.intake, person.pk)
    return Received(person, entry.pk, event)


def _of_intake(search: Search, newcomer: Newcomer) -> Newcomer:
    """Somebody who asked came the way their request did, and said whether to leave a message."""
    asked = Intake.objects.filter(pk__in=[search.intake]).first()
    if asked is None:
        return newcomer
    silent = asked.origin != Origin.OUTREACH and not said_in(asked).message
    return replace(newcomer, origin=asked.origin, note=NO_MESSAGE if silent else "")


def _likely(actor: Actor, newcomer: Newcomer) -> list[UUID]:
    """Who may be the person, under a lock on the birth date. Raises SearchFirst.

    Looked for again: what the search found may be out of date.
    """
    assert actor.territory
    day = newcomer.said.birth_date
    if day is None:
        raise SearchFirst
    locks.hold(f"receive:{actor.territory}:{min(day, swapped(day))}")
    likely = list(by_names(actor.territory, newcomer.said))
    for text in (*newcomer.phones, newcomer.email):
        likely += by_number(actor.territory, text) if text else ()
    return list(dict.fromkeys(likely))


def _known(search: Search, newcomer: Newcomer, known: list[UUID]) -> bool:
    """Whether one of those whom the actor may know of may be the person, and was not looked at."""
    seen = [*search.found, *([search.created] if search.created else [])]
    unseen = set(known) - set(seen)
    Search.objects.filter(pk=search.pk).update(found=[*search.found, *sorted(unseen)])
    return bool(unseen or search.created or (seen and not newcomer.distinct))


def _person(actor: Actor, newcomer: Newcomer) -> Person:
    assert actor.territory
    said = newcomer.said
    record_at = clock.today().isoformat()
    place = commune_of(newcomer.commune) if newcomer.commune else None
    row = Person(
        territory_id=actor.territory,
        family_name=said.family_name,
        birth_name=said.birth_name,
        given_name=said.given_name,
        birth_date=said.birth_date,
        commune=newcomer.commune,
        epci=place.epci if place else "",
        language=newcomer.language,
        channel=newcomer.channel,
        sort_key=names.sort_key(said.family_name, said.given_name),
        names=names.indexed(said.family_name, said.birth_name, said.given_name),
    )
    given = [name for name in FACTS if getattr(row, name)]
    row.sources = {name: [str(actor.organization), record_at] for name in given}
    record(actor, "people.person_created", person=row.pk)
    row.save(force_insert=True)
    Contact.objects.bulk_create(_contacts(actor, row, newcomer))
    if actor.role == Role.PRACTITIONER:
        _follow(actor, row)
    return row


def _contacts(actor: Actor, row: Person, newcomer: Newcomer) -> Iterator[Contact]:
    reached = [("phone", phone) for phone in newcomer.phones]
    reached += [("email", newcomer.email)] if newcomer.email else []
    for kind, value in reached:
        yield contacts.new_contact(row, kind, value, note=newcomer.note, source=actor.organization)


def _follow(actor: Actor, row: Person) -> None:
    """Whoever receives somebody to accompany them follows them from this act on."""
    assert actor.account
    assert actor.organization
    follow_up = FollowUp.objects.create(
        territory_id=row.territory_id,
        person=row,
        organization_id=actor.organization,
        account_id=actor.account,
        role="intervenant",
        motive="reception",
        starts_on=clock.today(),
    )
    record(
        actor,
        "people.follow_up_started",
        person=row.pk,
        object_kind="follow_up",
        object_key=follow_up.pk,
        payload={"role": "intervenant", "account": str(actor.account), "motive": "reception"},
        dimensions={"organization": str(actor.organization)},
    )


def _entry(actor: Actor, person: Person, newcomer: Newcomer) -> Entry:
    assert actor.organization
    today = clock.today()
    return Entry.objects.create(
        territory_id=person.territory_id,
        person=person,
        door_id=actor.organization,
        origin=newcomer.origin,
        request=newcomer.request,
        received_on=today,
        opened_on=today,
    )
