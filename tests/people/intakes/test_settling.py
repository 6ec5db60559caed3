"""A request becomes somebody's after a search, or is set aside: once, by who may, in silence."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection

from jalons.access.actor import Actor
from jalons.access.break_glass import open_urgently
from jalons.access.decisions import Refused
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.access.undo import CannotUndo, undo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people import contacts
from jalons.people.circle import load_circle
from jalons.people.front_door.actions.receive import Newcomer, receive
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.rules import Names
from jalons.people.front_door.typed import Typed
from jalons.people.intakes import queries
from jalons.people.intakes.actions.attach import SearchEnded, attach_intake
from jalons.people.intakes.actions.settle import set_intake_aside
from jalons.people.intakes.said import Said
from jalons.people.models import Contact, Entry, FollowRequest, Person
from jalons.people.models.entry import Origin
from tests.clients import client_for
from tests.people.intakes.received import BORN, SAID, an_intake, as_, kept
from tests.worlds import Case, a_case, a_person, within

pytestmark = pytest.mark.django_db


def searched(actor: Actor, intake: UUID, said: Said = SAID) -> UUID:
    with as_(actor):
        return search(actor, Typed(said.family_name, said.given_name, said.birth_date), intake).pk


@pytest.fixture
def clerk(case: Case) -> Actor:
    return case.others[Role.CLERK]


def test_somebody_new_is_received_once_searched(case: Case, clerk: Actor) -> None:
    """From the request to the entry: the origin, the words and the contacts are its own."""
    key = an_intake(case, origin=Origin.PARTNER)
    client = client_for(clerk)
    answer = client.post(f"/demandes-recues/{key}/recherche/")
    found = client.get(answer["Location"]).content.decode()
    assert "Personne ne correspond" in found
    form = client.get(f"{answer['Location']}nouvelle-personne/").context["form"]
    assert "origin" not in form.fields
    initial = {name: form[name].value() for name in form.fields}
    assert initial["request"] == SAID.words
    assert initial["phones"] == "06 39 98 00 11"
    filled = {name: value or "" for name, value in initial.items()} | {"language": "fra"}
    client.post(f"{answer['Location']}nouvelle-personne/", filled)
    row = kept(case, key)
    with as_(clerk):
        person = Person.objects.get(family_name="Haddad")
        entry = Entry.objects.get(person=person)
        contact = Contact.objects.get(person=person, kind="phone")
        event = Event.objects.get(kind="people.intake_taken")
    assert (row.person_id, row.handled_by_id, bool(row.settled_at)) == (
        person.pk,
        clerk.account,
        True,
    )
    assert (entry.origin, entry.request, entry.door_id) == ("partner", SAID.words, case.partner.pk)
    assert contacts.read(contact).note == "Ne pas laisser de message"
    assert event.person == person.pk
    assert client.get(f"/demandes-recues/{key}/").status_code == 404, "their file alone tells it"


def test_without_a_birth_date_the_front_door_asks(case: Case, clerk: Actor) -> None:
    key = an_intake(case, replace(SAID, birth_date=None))
    client = client_for(clerk)
    page = client.post(f"/demandes-recues/{key}/recherche/")
    assert page.context["form"]["family_name"].value() == "Haddad"
    typed = {"family_name": "Haddad", "given_name": "Leïla", "birth_date": "2004"}
    found = client.post("/accueil/", typed | {"intake": str(key)})
    assert client.get(found["Location"]).context["asked"] == key
    others = client_for(case.referente).post("/accueil/", typed | {"intake": str(key)})
    assert client_for(case.referente).get(others["Location"]).context["asked"] is None
    with within(case.territory.pk):
        rows = Consultation.objects.filter(page="people:search_intake") | (
            Consultation.objects.filter(page="people:intake")
        )
        assert {row.account for row in rows} == {clerk.account}
        assert len(rows) == 2, "each page that may show it is a reading"


def test_it_joins_a_file_in_sight_and_the_referent_is_told(case: Case) -> None:
    key = an_intake(case, door=case.home.pk)
    known = replace(SAID, family_name=case.person.family_name, given_name="Élodie")
    known = replace(known, birth_date=case.person.birth_date)
    made = searched(case.referente, key, known)
    client = client_for(case.referente)
    fields = {"search": str(made), "person": str(case.person.pk)}
    answer = client.post("/demandes-recues/rattacher/", fields)
    assert answer["Location"] == f"/personnes/{case.person.pk}/"
    assert SAID.request in client.get(answer["Location"]).content.decode()
    with as_(case.referente):
        assert Event.objects.filter(kind="people.asked_again", person=case.person.pk).exists()
        assert not Entry.objects.exists()
    assert kept(case, key).person_id == case.person.pk


def test_an_entry_opens_where_nobody_follows_them_and_none_waits(case: Case, clerk: Actor) -> None:
    person = a_person(case.territory, family_name="Haddad", given_name="Leïla", birth_date=BORN)
    first, second, third = (an_intake(case) for _ in range(3))
    made = searched(clerk, first)
    with as_(clerk), pytest.raises(Refused):
        attach_intake(clerk, made, person.pk)
    manager = case.others[Role.MANAGER]
    with as_(manager):
        circle = load_circle(person.pk, clock.now())
        assert circle
        open_urgently(manager, circle, "Elle est à la rue ce soir.")
    for key in (second, third):
        made = searched(manager, key)
        with as_(manager):
            assert attach_intake(manager, made, person.pk).opens
    with as_(clerk):
        (entry,) = Entry.objects.filter(person=person)
    assert (entry.door_id, entry.request) == (case.partner.pk, SAID.words)
    assert kept(case, third).person_id == person.pk


def test_out_of_sight_it_joins_the_request_to_follow_and_nothing_leaks(
    case: Case, clerk: Actor
) -> None:
    """The masked line, a request with a reason, an entry that stays closed."""
    known = replace(SAID, family_name=case.person.family_name, given_name="Élodie")
    known = replace(known, birth_date=case.person.birth_date)
    key = an_intake(case, known)
    client = client_for(clerk)
    found = client.post(f"/demandes-recues/{key}/recherche/")["Location"]
    page = client.get(found).content.decode()
    assert "Demander à suivre" in page
    assert "Rattacher la demande" not in page
    ask = f"/personnes/{case.person.pk}/demander-a-suivre/"
    initial = client.get(ask).context["form"]["request"].value()
    assert initial == known.words
    reason = "Elle a écrit depuis la page publique."
    client.post(ask, {"reason": reason, "request": initial})
    with as_(clerk):
        entry = Entry.objects.get(person=case.person.pk)
        assert (entry.origin, entry.opened_on) == ("self", None)
        assert FollowRequest.objects.filter(person=case.person.pk).count() == 1
    assert kept(case, key).person_id == case.person.pk
    assert client.get(f"/personnes/{case.person.pk}/").status_code == 404
    again = an_intake(case, known)
    made = searched(clerk, again, known)
    with as_(clerk):
        attached = attach_intake(clerk, made, case.person.pk)
    assert not attached.opens
    assert kept(case, again).person_id == case.person.pk


def test_a_protected_person_is_nobody(case: Case, clerk: Actor) -> None:
    hidden = a_person(
        case.territory, family_name="Haddad", given_name="Leïla", birth_date=BORN, protected=True
    )
    key = an_intake(case)
    made = searched(clerk, key)
    with as_(clerk), pytest.raises(SearchEnded):
        attach_intake(clerk, made, hidden.pk)
    with as_(clerk):
        received = receive(clerk, made, Newcomer(Names("Haddad", "Leïla", birth_date=BORN)))
    assert received.person != hidden.pk
    assert kept(case, key).person_id == received.person


def test_set_aside_with_a_motive_then_put_back(case: Case, clerk: Actor) -> None:
    key = an_intake(case)
    client = client_for(clerk)
    path = f"/demandes-recues/{key}/mise-de-cote/"
    assert client.post(path, {}).status_code == 422
    assert client.post(path, {"motive": "unreachable"})["Location"] == "/demandes-recues/"
    row = kept(case, key)
    assert (row.set_aside, row.handled_by_id) == ("unreachable", clerk.account)
    with as_(clerk):
        event = Event.objects.get(kind="people.intake_set_aside")
        assert queries.intakes(clerk).count() == 0
        with pytest.raises(Impossible):
            set_intake_aside(clerk, key, "mistake")
        undo(clerk, event.pk)
        assert queries.intakes(clerk).count() == 1
        with pytest.raises(CannotUndo):
            undo(clerk, event.pk)
    row = kept(case, key)
    assert (row.set_aside, row.handled_by_id, row.settled_at) == ("", None, None)


# Real transactions: two professionals at once.


@pytest.mark.django_db(transaction=True)
def test_two_at_once_one_effect() -> None:
    case = a_case()
    key = an_intake(case)
    clerk, dispatcher = case.others[Role.CLERK], case.others[Role.DISPATCHER]
    made = searched(clerk, key)

    def receives() -> str:
        try:
            with as_(clerk):
                receive(clerk, made, Newcomer(Names("Haddad", "Leïla", birth_date=BORN)))
        except Impossible:
            return "late"
        finally:
            connection.close()
        return "received"

    def sets_aside() -> str:
        try:
            with as_(dispatcher):
                set_intake_aside(dispatcher, key, "duplicate")
        except Impossible:
            return "late"
        finally:
            connection.close()
        return "set_aside"

    with ThreadPoolExecutor(2) as pool:
        outcomes = {task.result() for task in [pool.submit(receives), pool.submit(sets_aside)]}
    assert "late" in outcomes
    row = kept(case, key)
    with within(case.territory.pk):
        created = Person.objects.filter(family_name="Haddad").count()
    assert (row.person_id is not None) == ("received" in outcomes) == (created == 1)
    assert (row.set_aside != "") == ("set_aside" in outcomes)
