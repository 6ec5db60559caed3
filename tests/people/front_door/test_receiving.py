"""Receiving a person whom a search did not find: once, whoever does it at the same time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people import contacts
from jalons.people.circle import load_circle
from jalons.people.front_door.actions.receive import AlreadyKnown, Newcomer, SearchFirst, receive
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.rules import Names
from jalons.people.front_door.typed import Typed
from jalons.people.models import Contact, Entry, FollowUp, Person, Search
from tests.clients import client_for
from tests.worlds import Case, a_case, a_person, within

pytestmark = pytest.mark.django_db

BORN = date(2004, 3, 9)
LEILA = Names("Haddad", "Leïla", birth_date=BORN)


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def searched(actor: Actor, names: Names = LEILA) -> UUID:
    with as_(actor):
        return search(actor, Typed(names.family_name, names.given_name, names.birth_date)).pk


def received(actor: Actor, newcomer: Newcomer | None = None, key: UUID | None = None) -> UUID:
    key = key or searched(actor)
    with as_(actor):
        return receive(actor, key, newcomer or Newcomer(LEILA)).person


def known(actor: Actor, newcomer: Newcomer, key: UUID) -> None:
    """Somebody is known: the search now shows them."""
    with as_(actor), pytest.raises(AlreadyKnown):
        receive(actor, key, newcomer)


def test_a_clerk_receives_somebody_new(case: Case) -> None:
    clerk = case.others[Role.CLERK]
    said = Newcomer(
        LEILA,
        commune="90010",
        phones=("+33639980011",),
        email="leila@courriel.example",
        request="Trouver une formation.",
    )
    key = received(clerk, said)
    with as_(clerk):
        person = Person.objects.get(pk=key)
        assert (person.family_name, person.sort_key) == ("Haddad", "haddad leila")
        assert person.sources["birth_date"] == [str(clerk.organization), clock.today().isoformat()]
        assert "birth_name" not in person.sources
        entry = Entry.objects.get(person=key)
        assert (entry.door_id, entry.opened_on) == (clerk.organization, clock.today())
        assert entry.request == "Trouver une formation."
        values = {contacts.read(each).value for each in Contact.objects.filter(person=key)}
        assert values == {"+33639980011", "leila@courriel.example"}
        circle = load_circle(key, clock.now())
        assert circle
        assert decide(clerk, READ, circle, Level.IDENTITY)
        assert decide(case.others[Role.DISPATCHER], READ, circle, Level.IDENTITY)
        assert not decide(case.partenaire, READ, circle, Level.IDENTITY)
        kinds = Event.objects.filter(person=key).order_by("position").values_list("kind", flat=True)
        assert list(kinds) == ["people.person_created", "people.entry_received"]


def test_a_practitioner_follows_whom_they_receive(case: Case) -> None:
    key = received(case.partenaire)
    with as_(case.partenaire):
        (follow_up,) = FollowUp.objects.filter(person=key)
        assert (follow_up.role, follow_up.motive) == ("intervenant", "reception")
        circle = load_circle(key, clock.now())
        assert circle
        assert decide(case.partenaire, READ, circle, Level.SHARED)


def test_nobody_is_created_without_a_search(case: Case, clock_at: Any) -> None:
    key = searched(case.partenaire)
    with pytest.raises(Refused):
        received(case.partenaire, key=uuid4())
    with pytest.raises(Refused):
        received(case.collegue, key=key)
    with pytest.raises(SearchFirst):
        received(case.partenaire, Newcomer(replace(LEILA, birth_date=None)), key)
    clock_at(clock.now() + timedelta(minutes=16))
    with pytest.raises(Refused):
        received(case.partenaire, key=key)
    with within(case.territory.pk):
        assert not Person.objects.filter(family_name="Haddad").exists()


def test_whom_the_search_found_is_looked_at_first(case: Case) -> None:
    a_person(case.territory, family_name="Haddad", given_name="Leïla", birth_date=BORN)
    key = searched(case.partenaire)
    known(case.partenaire, Newcomer(LEILA), key)
    received(case.partenaire, Newcomer(LEILA, distinct=True), key)


def test_a_twin_is_created_beside_her_sister(case: Case) -> None:
    a_person(case.territory, family_name="Haddad", given_name="Lena", birth_date=BORN)
    lina = Names("Haddad", "Lina", birth_date=BORN)
    key = searched(case.partenaire, lina)
    received(case.partenaire, Newcomer(lina, distinct=True), key)


def test_other_names_than_those_searched_are_searched_again(case: Case) -> None:
    a_person(case.territory, family_name="Roux", given_name="Léa", birth_date=BORN)
    key = searched(case.partenaire)
    known(case.partenaire, Newcomer(Names("Roux", "Léa", birth_date=BORN)), key)
    with as_(case.partenaire):
        assert Search.objects.get(pk=key).created is None
        assert len(Search.objects.get(pk=key).found) == 1


def test_a_phone_that_is_known_is_looked_at(case: Case) -> None:
    with within(case.territory.pk):
        received(case.collegue, Newcomer(LEILA, phones=("+33639980011",)))
    other = Names("Martin", "Zoé", birth_date=date(2001, 1, 5))
    key = searched(case.partenaire, other)
    said = Newcomer(other, phones=("+33639980011",))
    known(case.partenaire, said, key)
    received(case.partenaire, replace(said, distinct=True), key)


def test_a_protected_person_does_not_stop_a_creation(case: Case) -> None:
    a_person(
        case.territory, family_name="Haddad", given_name="Leïla", birth_date=BORN, protected=True
    )
    received(case.partenaire)


def test_a_search_creates_once(case: Case) -> None:
    client = client_for(case.others[Role.CLERK])
    key = searched(case.others[Role.CLERK])
    form = {
        "family_name": "Haddad",
        "given_name": "Leïla",
        "birth_date": "9/3/2004",
        "language": "ara",
        "origin": "self",
    }
    first = client.post(f"/accueil/{key}/nouvelle-personne/", form)
    again = client.post(f"/accueil/{key}/nouvelle-personne/", form)
    assert first.status_code == again.status_code == 302
    assert first.headers["Location"] == again.headers["Location"]
    with within(case.territory.pk):
        assert Person.objects.filter(family_name="Haddad").count() == 1


def test_what_was_typed_stays_when_somebody_looks_alike(case: Case) -> None:
    client = client_for(case.partenaire)
    key = searched(case.partenaire)
    a_person(case.territory, family_name="Haddad", given_name="Leïla", birth_date=BORN)
    form = {
        "family_name": "Haddad",
        "given_name": "Leïla",
        "birth_date": "9/3/2004",
        "language": "ara",
        "origin": "self",
        "request": "Garder mes enfants.",
    }
    answer = client.post(f"/accueil/{key}/nouvelle-personne/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Quelqu’un lui ressemble" in page
    assert "Garder mes enfants." in page
    accepted = client.post(f"/accueil/{key}/nouvelle-personne/", form | {"distinct": "on"})
    assert accepted.status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_agents_create_the_same_person_at_once() -> None:
    case = a_case()
    agents = [case.referente, case.collegue, case.partenaire, case.others[Role.CLERK]]
    keys = [(agent, searched(agent)) for agent in agents]

    def create(work: tuple[Actor, UUID]) -> str:
        try:
            received(work[0], key=work[1])
        except AlreadyKnown:
            return "known"
        finally:
            connection.close()
        return "created"

    with ThreadPoolExecutor(len(keys)) as pool:
        outcomes = sorted(pool.map(create, keys))
    assert outcomes == ["created", "known", "known", "known"]
    with within(case.territory.pk):
        assert Person.objects.filter(family_name="Haddad").count() == 1


@pytest.mark.parametrize(
    ("role", "opens"), [(Role.MANAGER, False), (Role.DISPATCHER, True), (Role.CLERK, True)]
)
def test_the_screen_says_when_the_file_does_not_open(case: Case, role: Role, opens: bool) -> None:
    actor = case.others[role]
    key, client = searched(actor), client_for(actor)
    fields = {"given_name": "Leïla", "family_name": "Haddad", "birth_date": "09/03/2004"}
    fields |= {"language": "fra", "origin": "self"}
    answer = client.post(f"/accueil/{key}/nouvelle-personne/", fields, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith("/personnes/") is opens
    assert ("recevra l’entrée" in page) is not opens
