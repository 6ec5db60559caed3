"""The demo's persons: who entered by which door, who follows them, since when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from jalons.access.roles import Role
from jalons.journal import events
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.models import Commune
from jalons.people.models import Entry, FollowUp, Person, Status
from jalons.territories.models import Mandate, Organization, Territory

from .names import FAMILY, GIVEN

STATUSES = (("brsa", 0.5), ("demandeur_emploi", 0.6), ("deld", 0.2), ("rqth", 0.12))
"""Kinds of statuses and the share of persons who have each."""


@dataclass
class Place:
    """Where persons are met: the territory, its communes, its followers and its doors."""

    territory: Territory
    communes: list[Commune]
    followers: list[Mandate]
    doors: list[Organization]
    random: Random
    today: date


def populate(
    territory: Territory,
    communes: list[Commune],
    mandates: list[Mandate],
    doors: list[Organization],
    persons: int,
) -> None:
    """Creates `persons` persons with their past; most have a référent, some still wait."""
    followers = [mandate for mandate in mandates if mandate.role == Role.PRACTITIONER]
    random = Random(territory.code)  # noqa: S311
    place = Place(territory, communes, followers, doors, random, clock.today())
    for number in range(persons):
        _person(place, number)


def _person(place: Place, number: int) -> None:
    random = place.random
    received = place.today - timedelta(days=random.randrange(1, 900))
    person = _identity(place, number)
    _record(place, "people.person_created", person, received)
    entry = _entry(place, person, received)
    if entry.first_interview_on:
        _follow_ups(place, person, entry.first_interview_on)
    _statuses(place, person, received)


def _identity(place: Place, number: int) -> Person:
    random = place.random
    commune = random.choice(place.communes[:12])
    given, family = random.choice(GIVEN), random.choice(FAMILY)
    return Person.objects.create(
        territory=place.territory,
        given_name=given,
        family_name=family,
        birth_date=place.today - timedelta(days=random.randrange(18 * 365, 62 * 365)),
        commune=commune.code,
        epci=commune.epci,
        protected=number % 50 == 49,
        hidden_address=number % 40 == 39,
        sort_key=fold(f"{family} {given}"),
    )


def _entry(place: Place, person: Person, received: date) -> Entry:
    """Recent entries wait; older ones were assigned, then met after some days."""
    random = place.random
    door = random.choice([door for door in place.doors if not door.sensitive])
    entry = Entry(
        territory=place.territory,
        person=person,
        door=door,
        origin=random.choice(["self", "partner", "outreach", "caf_flow"]),
        received_on=received,
        opened_on=received,
    )
    if received < place.today - timedelta(days=12):
        entry.assigned_to = random.choice(place.followers).organization
        entry.assigned_on = received + timedelta(days=random.randrange(1, 6))
    if received < place.today - timedelta(days=40):
        entry.first_interview_on = received + timedelta(days=random.randrange(6, 30))
    entry.save(force_insert=True)
    _record(place, "people.entry_received", person, received, entry.pk)
    if entry.assigned_on:
        _record(place, "people.entry_assigned", person, entry.assigned_on, entry.pk)
    if entry.first_interview_on:
        _record(place, "people.entry_met", person, entry.first_interview_on, entry.pk)
    return entry


def _follow_ups(place: Place, person: Person, since: date) -> None:
    """A référent for nine persons out of ten, a second professional for one out of three."""
    random = place.random
    first, second = random.sample(place.followers, 2)
    if random.random() < 0.9:
        _follow_up(place, person, first, "referent", since)
    if random.random() < 0.33:
        _follow_up(place, person, second, "intervenant", since + timedelta(days=9))


def _follow_up(place: Place, person: Person, mandate: Mandate, role: str, since: date) -> None:
    assert mandate.organization
    row = FollowUp.objects.create(
        territory=place.territory,
        person=person,
        organization=mandate.organization,
        account_id=mandate.account_id,
        role=role,
        starts_on=since,
    )
    _record(place, "people.follow_up_started", person, since, row.pk, mandate)


def _statuses(place: Place, person: Person, received: date) -> None:
    random = place.random
    for kind, share in STATUSES:
        if random.random() < share:
            _status(place, person, kind, received)


def _status(place: Place, person: Person, kind: str, since: date) -> None:
    term = nomenclature.term("person_status", kind)
    Status.objects.create(
        territory=place.territory,
        person=person,
        kind=kind,
        label=term.label,
        level=term.level,
        domain=term.domain,
        starts_on=since,
    )
    _record(place, "people.status_recorded", person, since)


def _record(
    place: Place,
    kind: str,
    person: Person,
    day: date,
    key: UUID | None = None,
    mandate: Mandate | None = None,
) -> None:
    who: dict[str, Any] = {}
    if mandate:
        who = {"account": mandate.account_id, "mandate": mandate.pk}
    events.append(
        kind,
        territory=place.territory.pk,
        person=person.pk,
        object_key=key,
        occurred_at=_noon(day),
        dimensions=None if person.hidden_address else {"epci": person.epci},
        **who,
    )


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
