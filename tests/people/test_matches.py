"""A protected person created again: her référent alone is told, and says whether it is she."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from jalons.people.matches.actions.answer import join, part

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.front_door.actions.receive import Newcomer, receive
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.rules import Names
from jalons.people.front_door.typed import Typed
from jalons.people.models import Entry, Pair, Person
from jalons.people.tasks import tell_referent_alone
from jalons.rights.consulted.words import lines
from tests.clients import client_for
from tests.worlds import Case, a_case, a_follow_up, within

pytestmark = pytest.mark.django_db

LEILA = Names("Haddad", "Leïla", birth_date=date(2004, 3, 9))


@pytest.fixture
def case(db: None) -> Case:
    return a_case(
        family_name="Haddad", given_name="Leila", birth_date=LEILA.birth_date, protected=True
    )


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def created_by(actor: Actor) -> UUID:
    with as_(actor):
        made = search(actor, Typed(LEILA.family_name, LEILA.given_name, LEILA.birth_date))
        assert made.found == []
        return receive(actor, made.pk, Newcomer(LEILA)).person


def kept(case: Case) -> list[Pair]:
    with within(case.territory.pk):
        return list(Pair.objects.order_by("id"))


def followers(case: Case, person: UUID) -> dict[UUID, str]:
    with within(case.territory.pk):
        circle = load_circle(person, clock.now())
    assert circle
    return {each.account: each.role for each in circle.followers}


def told(case: Case) -> list[Any]:
    with within(case.territory.pk):
        event = Event.objects.get(kind="people.match_met")
        tell_referent_alone(str(event.pk), case.territory.pk)
        return list(Notification.objects.filter(event=event.pk).values_list("account", flat=True))


def test_her_referent_alone_is_told_and_the_creator_learns_nothing(case: Case) -> None:
    newcomer = created_by(case.partenaire)
    (row,) = kept(case)
    assert (row.person_id, row.newcomer_id, row.answer) == (case.person.pk, newcomer, "")
    assert told(case) == [case.referente.account]
    with within(case.territory.pk):
        event = Event.objects.get(kind="people.match_met")
    assert str(newcomer) not in str(event.__dict__)
    for actor in (case.partenaire, case.collegue):
        page = client_for(actor).get("/correspondances/").content.decode()
        assert "Rien à vérifier" in page
        assert "Leila" not in page
        path = f"/correspondances/{row.pk}/"
        assert client_for(actor).post(path, {"answer": "joined"}).status_code == 404
    page = client_for(case.referente).get("/correspondances/").content.decode()
    assert "Leïla Haddad" in page
    assert "Leila Haddad" in page
    assert "CCAS" in page
    assert "Vérifier la correspondance" in _file(case.referente, case.person.pk)


def _file(actor: Actor, person: UUID) -> str:
    return client_for(actor).get(f"/personnes/{person}/").content.decode()


def test_the_reading_looks_like_any_search(case: Case) -> None:
    newcomer = created_by(case.partenaire)
    client_for(case.referente).get("/correspondances/")
    with within(case.territory.pk):
        (row,) = Consultation.objects.filter(page="people:matches")
        line = lines([row], neutral=False)[0]
    assert set(row.listed or ()) == {case.person.pk, newcomer}
    assert line.page == "Recherche d’une personne"
    assert "cherchée" in line.reason


def test_the_same_person_is_protected_and_followed_at_once(case: Case) -> None:
    newcomer = created_by(case.others[Role.CLERK])
    (row,) = kept(case)
    answer = client_for(case.referente).post(f"/correspondances/{row.pk}/", {"answer": "joined"})
    assert answer.status_code == 302
    assert case.referente.account
    assert followers(case, newcomer) == {case.referente.account: "referent"}
    with within(case.territory.pk):
        assert Person.objects.get(pk=newcomer).protected
        entry = Entry.objects.get(person=newcomer)
    assert (entry.assigned_to_id, entry.closed_on) == (case.home.pk, None)
    for role in (Role.DISPATCHER, Role.CLERK, Role.COORDINATOR):
        path = f"/personnes/{newcomer}/"
        assert client_for(case.others[role]).get(path).status_code == 404
    with as_(case.collegue):
        typed = Typed(LEILA.family_name, LEILA.given_name, LEILA.birth_date)
        assert search(case.collegue, typed).found == []
    (row,) = kept(case)
    assert (row.answer, row.answered_by_id) == ("joined", case.referente.account)
    for person, other in ((case.person.pk, newcomer), (newcomer, case.person.pk)):
        assert f'href="/personnes/{other}/">Ouvrir l’autre dossier' in _file(case.referente, person)
    with as_(case.referente), pytest.raises(Impossible):
        part(case.referente, row.pk)


def test_whoever_follows_the_new_file_keeps_it_and_sees_no_pair(case: Case) -> None:
    newcomer = created_by(case.partenaire)
    (row,) = kept(case)
    with as_(case.referente):
        join(case.referente, row.pk)
    assert case.partenaire.account in followers(case, newcomer)
    page = _file(case.partenaire, newcomer)
    assert "Leïla Haddad" in page
    assert "autre dossier" not in page
    assert str(case.person.pk) not in page


def test_an_other_person_s_file_stays_as_it_is(case: Case) -> None:
    newcomer = created_by(case.partenaire)
    (row,) = kept(case)
    with as_(case.collegue), pytest.raises(Refused):
        part(case.collegue, row.pk)
    with as_(case.referente):
        part(case.referente, row.pk)
        with pytest.raises(Impossible):
            join(case.referente, row.pk)
    assert set(followers(case, newcomer)) == {case.partenaire.account}
    with within(case.territory.pk):
        assert not Person.objects.get(pk=newcomer).protected
    assert kept(case)[0].answer == "parted"


def test_whoever_knows_of_her_makes_no_match(case: Case) -> None:
    a_follow_up(case.person, case.partenaire)
    with as_(case.partenaire):
        typed = Typed(LEILA.family_name, LEILA.given_name, LEILA.birth_date)
        made = search(case.partenaire, typed)
        assert made.found == [case.person.pk]
        receive(case.partenaire, made.pk, Newcomer(LEILA, distinct=True))
    assert kept(case) == []
