"""« Qualité des données »: files that are alike, whom nothing reaches, what nobody confirmed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jalons.access.actor import Actor
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.undo import undo
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.front_door.rules import Names
from jalons.people.identity.actions.change_contacts import Described, add_contact, say_without
from jalons.people.models import Pair, Person, Status
from jalons.people.pairs.actions.tell_apart import tell_apart
from jalons.people.pairs.rules import in_words, reasons
from jalons.people.quality.actions.compare import compare_files
from jalons.people.quality.queries import changed_files
from jalons.people.statuses.actions.change_status import confirm_status
from tests.clients import PURPOSE, client_for
from tests.worlds import (
    Case,
    a_case,
    a_contact,
    a_follow_up,
    a_person,
    a_status,
    an_actor,
    an_objection,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db
BORN = date(1990, 5, 7)
LONG_AGO = timedelta(days=400)


@pytest.fixture
def case(db: None) -> Case:
    return a_case(family_name="Introuvable", given_name="Maïa", birth_date=BORN)


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def somebody(case: Case, family: str, given: str, day: date | None = BORN, **values: Any) -> Person:
    return a_person(case.territory, family_name=family, given_name=given, birth_date=day, **values)


def compared(case: Case, *some: Person) -> dict[frozenset[Any], list[str]]:
    with within(case.territory.pk):
        compare_files(case.territory.pk, [one.pk for one in some] or None)
        rows = Pair.objects.filter(territory=case.territory)
        return {frozenset((row.person_id, row.other_id)): row.reasons for row in rows}


def page(actor: Actor, liste: str = "doublons") -> str:
    return str(client_for(actor).get("/qualite/", {"liste": liste}).content.decode())


@pytest.mark.parametrize(
    ("family", "given", "day", "shared", "words"),
    [
        ("Durand", "Zoé", BORN, (), "Même nom, même date de naissance"),
        ("Durant", "Zoé", BORN, (), "Noms proches, même date de naissance"),
        ("Zoé", "Durand", BORN, (), "Nom et prénom échangés, même date de naissance"),
        (
            "Durand",
            "Zoé",
            date(1990, 7, 5),
            (),
            "Même nom, jour et mois de naissance échangés",
        ),
        ("Durand", "Zoé", None, (), "Même nom, date de naissance inconnue"),
        ("Durant", "Zoé", None, (), ""),
        ("Petit", "Zoé", date(1980, 2, 3), ("phone",), "Même prénom, même téléphone"),
        ("Petit", "Paul", date(1980, 2, 3), ("phone",), ""),
        ("Durand", "Paul", BORN, (), ""),
    ],
)
def test_why_two_files_are_alike(
    family: str, given: str, day: date | None, shared: tuple[str, ...], words: str
) -> None:
    known = Names("Durand", "Zoé", birth_date=BORN)
    codes = reasons(Names(family, given, birth_date=day), known, shared)
    assert in_words(codes) == words


def test_the_set_and_each_person_give_the_same_pairs(case: Case) -> None:
    alike = [
        somebody(case, "Introuvable", "Maia"),
        somebody(case, "Maïa", "Introuvable"),
        somebody(case, "Introuvable", "Maïa", date(1990, 7, 5)),
        somebody(case, "Introuvable", "Maïa", date(1990, 1, 1)),
        somebody(case, "Introuvable", "Maïa", None),
        somebody(case, "Lavenir", "Maïa", date(1971, 3, 2)),
    ]
    somebody(case, "Introuvable", "Paul")
    somebody(case, "Introuvable", "Maïa", date(1991, 5, 7))
    for person in (case.person, alike[-1]):
        a_contact(person, "phone", "06 39 98 00 21")
    expected = {frozenset((case.person.pk, one.pk)) for one in alike}
    everything = compared(case)
    assert expected <= set(everything)
    for person in (case.person, *alike):
        theirs = {pair for pair in everything if person.pk in pair}
        _forget(case)
        assert set(compared(case, person)) == theirs, person
    assert everything == compared(case)


def _forget(case: Case) -> None:
    with within(case.territory.pk):
        events.append("people.files_compared", territory=case.territory.pk)
        Pair.objects.all().delete()


def test_a_shared_telephone_of_a_hostel_brings_nobody_near(case: Case) -> None:
    for number in range(6):
        other = somebody(case, f"Foyer{number}", "Maïa", date(1960 + number, 2, 3))
        a_contact(other, "phone", "06 39 98 00 22")
    assert compared(case) == {}


def test_a_corrected_name_takes_the_pair_away(case: Case) -> None:
    other = somebody(case, "Introuvable", "Maia")
    assert len(compared(case)) == 1
    with within(case.territory.pk):
        events.append("people.person_changed", territory=case.territory.pk, person=other.pk)
        Person.objects.filter(pk=other.pk).update(given_name="Paul", names=["introuvable", "paul"])
        changed = changed_files(case.territory.pk, clock.now() - timedelta(hours=1))
    assert other.pk in changed
    assert compared(case, other) == {}


def test_told_apart_they_are_proposed_no_more_until_undone(case: Case) -> None:
    somebody(case, "Introuvable", "Maia")
    coordinator = case.others[Role.COORDINATOR]
    compared(case)
    with as_(coordinator):
        pair = Pair.objects.get()
        event = tell_apart(coordinator, pair.pk)
        told = Event.objects.filter(kind="people.told_apart").values_list("person", flat=True)
        assert set(told) == {pair.person_id, pair.other_id}
    compared(case)
    assert "Aucun doublon possible" in page(coordinator)
    with as_(coordinator):
        undo(coordinator, event.pk)
    assert "Maia Introuvable" in page(coordinator)


def test_told_apart_twice_is_told_in_words(case: Case) -> None:
    somebody(case, "Introuvable", "Maia")
    compared(case)
    with as_(case.others[Role.COORDINATOR]):
        pair = Pair.objects.get()
    client = client_for(case.others[Role.COORDINATOR])
    for said in ("Ce sont deux personnes", "déjà distingués"):
        answer = client.post(reverse("people:tell_apart", args=[pair.pk]), follow=True)
        assert said in answer.content.decode()


def test_who_sees_what_of_a_pair(case: Case) -> None:
    """The coordination both identities; a référent their own, and the masked line of the other;
    nobody a protected person, but the référent."""
    other = somebody(case, "Introuvable", "Maia")
    sensitive = an_actor(an_organization(case.territory, "Csapa du lac", sensitive=True))
    a_follow_up(case.person, sensitive)
    a_follow_up(other, case.partenaire, "referent")
    compared(case)
    for role in (Role.COORDINATOR, Role.DISPATCHER):
        text = page(case.others[role])
        assert {"Maïa Introuvable" in text, "Maia Introuvable" in text} == {True}
        assert "Département" in text
        assert "Csapa" not in text
    text = page(case.referente)
    assert "Maïa Introuvable" in text
    assert "Maia Introuvable" not in text
    assert "M. I." in text
    assert "Maïa" not in page(case.collegue)
    assert client_for(case.others[Role.MANAGER]).get("/qualite/").context["chosen"] == "contacts"
    with within(case.territory.pk):
        events.append("people.protection_changed", territory=case.territory.pk)
        Person.objects.filter(pk=case.person.pk).update(protected=True)
    for actor in (case.others[Role.COORDINATOR], case.partenaire):
        assert "Introuvable" not in page(actor)
        assert "M. I." not in page(actor)
    assert "Maïa Introuvable" in page(case.referente)


def test_an_objection_closes_the_pair_to_the_structure(case: Case) -> None:
    somebody(case, "Introuvable", "Maia")
    compared(case)
    an_objection(case.person, organization=case.partner)
    text = page(case.others[Role.COORDINATOR])
    assert "Introuvable" not in text
    assert "M. I." in text


def test_whom_nothing_reaches(case: Case) -> None:
    discreet = somebody(case, "Discrète", "Ana", discreet_contact=True)
    reached = somebody(case, "Joignable", "Léo")
    unfollowed = somebody(case, "Seule", "Ida")
    for person in (discreet, reached):
        a_follow_up(person, case.referente, "referent")
    a_contact(reached, "email", "leo@exemple.fr")
    for actor in (
        case.referente,
        case.others[Role.COORDINATOR],
        an_actor(case.home, Role.MANAGER),
        an_actor(case.home, Role.CLERK),
    ):
        text = page(actor, "contacts")
        assert "Maïa Introuvable" in text
        for other in (discreet, reached, unfollowed):
            assert str(other) not in text
    assert "Introuvable" not in page(case.collegue, "contacts")
    assert "Introuvable" not in page(case.others[Role.MANAGER], "contacts")


def test_without_contact_is_said_then_unsaid_by_a_contact(case: Case) -> None:
    with as_(case.referente):
        say_without(case.referente, case.person.pk, without=True)
    assert "Chacun peut être joint" in page(case.referente, "contacts")
    file = client_for(case.referente).get(f"/personnes/{case.person.pk}/").content.decode()
    assert "Sans moyen de contact" in file
    with as_(case.referente):
        add_contact(case.referente, case.person.pk, Described("phone", "06 39 98 00 14"))
        assert Person.objects.get(pk=case.person.pk).without_contact_on is None


def test_statuses_to_confirm(case: Case) -> None:
    today = clock.today()
    old = a_status(case.person, starts_on=today - LONG_AGO)
    over = a_status(case.person, "rsa", label="Droit passé", ends_on=today - timedelta(days=5))
    a_status(case.person, "recent", label="Récent")
    hidden = a_person(case.territory, family_name="Cachée")
    a_follow_up(hidden, case.referente, "referent")
    a_status(hidden, "rqth", label="RQTH", level="restricted", starts_on=today - LONG_AGO)
    text = page(case.referente, "statuts")
    assert "Bénéficiaire du RSA" in text
    assert "Droit passé" in text
    assert "Récent" not in text
    assert "Cachée" not in text
    coordinator = page(case.others[Role.COORDINATOR], "statuts")
    assert "Maïa Introuvable" in coordinator
    assert "RSA" not in coordinator
    assert "passé</" not in coordinator
    client = client_for(case.referente)
    for status in (old, over):
        client.post(f"/personnes/{case.person.pk}/statuts/{status.pk}/confirmer/")
    assert "Tous les statuts sont à jour" in page(case.referente, "statuts")
    with as_(case.referente):
        told = Event.objects.filter(kind="people.status_confirmed", person=case.person.pk)
        assert told.count() == 2
        assert Status.objects.get(pk=old.pk).confirmed_on == today


def test_confirming_a_restricted_status_is_told_neutrally(case: Case) -> None:
    row = a_status(case.person, "rqth", label="RQTH", level="restricted")
    with as_(case.referente):
        event = confirm_status(case.referente, case.person.pk, row.pk)
    assert event.kind == "people.status_confirmed"


@pytest.mark.parametrize("liste", ["doublons", "contacts", "statuts"])
def test_the_export_is_the_screen_and_names_everybody(case: Case, liste: str) -> None:
    other = somebody(case, "Introuvable", "Maia")
    a_status(case.person, starts_on=clock.today() - LONG_AGO)
    compared(case)
    coordinator = case.others[Role.COORDINATOR]
    data = PURPOSE | {"format": "csv", "liste": liste}
    text = client_for(coordinator).post("/qualite/export/", data).getvalue().decode("utf-8-sig")
    assert "Maïa Introuvable" in text
    with as_(coordinator):
        row = Consultation.objects.filter(page="people:quality_export").get()
    both = {case.person.pk, other.pk} if liste == "doublons" else {case.person.pk}
    assert set(row.listed or ()) == both


def test_a_page_costs_the_same_however_long(case: Case) -> None:
    coordinator = case.others[Role.COORDINATOR]
    client = client_for(coordinator)
    costs = []
    for number in range(2):
        for rank in range(1 + 3 * number):
            born = date(1970 + number, 3, 1 + rank)
            for given in ("Lia", "Lïa"):
                a_follow_up(somebody(case, "Même", given, born), case.collegue)
        compared(case)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/qualite/").status_code == 200
        costs.append(len(captured))
    assert costs[0] == costs[1]
