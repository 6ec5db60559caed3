"""A protected person created again: her référent alone is told, and says whether it is she."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.journal.models import Event, Notification
from jalons.kernel import clock
from jalons.people import tasks
from jalons.people.circle import load_circle
from jalons.people.front_door.actions.receive import Newcomer, receive
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.rules import Names
from jalons.people.front_door.typed import Typed
from jalons.people.merging.actions.ask_merge import merge
from jalons.people.merging.contents import Choices
from jalons.people.models import Entry, Merge, Pair, Person
from jalons.people.pairs.actions.tell_apart import tell_apart
from jalons.people.quality.actions.compare import compare_files
from jalons.people.tasks import tell_referent_alone
from jalons.rights.consulted.words import lines
from tests.clients import client_for
from tests.worlds import Case, a_case, a_follow_up, a_person, within

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
    assert {row.person_id, row.other_id} == {case.person.pk, newcomer}
    assert (row.owner_id, row.answer) == (case.person.pk, "")
    assert told(case) == [case.referente.account]
    with within(case.territory.pk):
        event = Event.objects.get(kind="people.match_met")
    assert str(newcomer) not in str(event.__dict__)
    for actor in (case.partenaire, case.collegue):
        page = client_for(actor).get("/correspondances/").content.decode()
        assert "Rien à vérifier" in page
        assert "Leila" not in page
        for act in ("deux-personnes", "reunir"):
            path = f"/rapprochements/{row.pk}/{act}/"
            assert client_for(actor).post(path).status_code == 404
    page = client_for(case.referente).get("/correspondances/").content.decode()
    assert "Leïla" in page
    assert "Leila" in page
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


@pytest.mark.django_db(transaction=True, databases=["default", "whole"])
def test_the_same_person_has_one_file_protected_and_followed(case: Case) -> None:
    """The référente says so: both files are one; whoever follows the new one follows on."""
    newcomer = created_by(case.partenaire)
    (row,) = kept(case)
    with as_(case.referente):
        merge(case.referente, row.pk, case.person.pk, Choices())
        with pytest.raises(Impossible):
            tell_apart(case.referente, row.pk)
        made = Merge.objects.get()
    tasks.merge(str(made.pk), case.territory.pk)
    assert case.referente.account
    assert case.partenaire.account
    assert followers(case, case.person.pk) == {
        case.referente.account: "referent",
        case.partenaire.account: "intervenant",
    }
    with within(case.territory.pk):
        assert Person.objects.get(pk=case.person.pk).protected
        assert Entry.objects.get().person_id == case.person.pk
    there, here = f"/personnes/{newcomer}/", f"/personnes/{case.person.pk}/"
    assert client_for(case.partenaire).get(there)["Location"] == here
    for role in (Role.DISPATCHER, Role.COORDINATOR):
        assert client_for(case.others[role]).get(there).status_code == 404
    with as_(case.collegue):
        typed = Typed(LEILA.family_name, LEILA.given_name, LEILA.birth_date)
        assert search(case.collegue, typed).found == []


def test_the_comparison_gives_the_pair_to_nobody_else(case: Case) -> None:
    """The night's comparison finds the same two: the pair stays the référente's alone."""
    newcomer = created_by(case.partenaire)
    a_follow_up(Person(pk=newcomer, territory=case.territory), case.partenaire, "referent")
    with within(case.territory.pk):
        compare_files(case.territory.pk)
    (row,) = kept(case)
    assert row.owner_id == case.person.pk
    for actor in (case.partenaire, case.others[Role.COORDINATOR]):
        assert "Rien à rapprocher" in client_for(actor).get("/rapprochements/").content.decode()


def test_an_other_person_s_file_stays_as_it_is(case: Case) -> None:
    newcomer = created_by(case.partenaire)
    (row,) = kept(case)
    with as_(case.collegue), pytest.raises(Refused):
        tell_apart(case.collegue, row.pk)
    with as_(case.referente):
        event = tell_apart(case.referente, row.pk)
        with pytest.raises(Impossible):
            merge(case.referente, row.pk, case.person.pk, Choices())
        assert not Event.objects.filter(kind=event.kind, person=newcomer).exists()
    assert set(followers(case, newcomer)) == {case.partenaire.account}
    with within(case.territory.pk):
        assert not Person.objects.get(pk=newcomer).protected
    assert kept(case)[0].answer == "distinct"


def test_whoever_knows_of_her_makes_no_match(case: Case) -> None:
    a_follow_up(case.person, case.partenaire)
    with as_(case.partenaire):
        typed = Typed(LEILA.family_name, LEILA.given_name, LEILA.birth_date)
        made = search(case.partenaire, typed)
        assert made.found == [case.person.pk]
        receive(case.partenaire, made.pk, Newcomer(LEILA, distinct=True))
    assert kept(case) == []


def test_whom_an_agent_saw_and_said_is_somebody_else_is_looked_at_again(case: Case) -> None:
    a_person(case.territory, family_name="Haddad", given_name="Leïla", birth_date=LEILA.birth_date)
    with as_(case.partenaire):
        typed = Typed(LEILA.family_name, LEILA.given_name, LEILA.birth_date)
        made = search(case.partenaire, typed)
        receive(case.partenaire, made.pk, Newcomer(LEILA, distinct=True))
    assert {(row.source, row.owner_id) for row in kept(case)} == {
        ("front_door", None),
        ("protected", case.person.pk),
    }
