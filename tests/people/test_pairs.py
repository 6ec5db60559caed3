"""« Dossiers à rapprocher »: one pair at a time, three answers, and how a pair comes there."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from jalons.access.actor import Actor, system
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.access.transitions import Impossible
from jalons.kernel import clock
from jalons.people.merging.actions.ask_merge import merge
from jalons.people.merging.contents import Choices
from jalons.people.models import Pair, Person
from jalons.people.pairs.actions.propose import Why, propose
from jalons.people.pairs.queries import candidates
from jalons.people.pairs.rules import margin_in_words
from jalons.people.quality.actions.compare import compare_files
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_contact,
    a_pair,
    a_person,
    an_identifier,
    within,
)

pytestmark = pytest.mark.django_db
REVIEW = "/rapprochements/"


@pytest.fixture
def case(db: None) -> Case:
    return a_case(family_name="Haddad", given_name="Leïla", birth_date=date(2004, 3, 9))


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def alike(case: Case, **values: Any) -> Person:
    known = {"family_name": "Haddad", "given_name": "Leila", "birth_date": date(2004, 3, 9)}
    return a_person(case.territory, **known | values)


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (None, ""),
        (0.5, "Deux candidats proches"),
        (2.0, "La plus proche, de peu"),
        (6.0, "Nettement la plus proche"),
    ],
)
def test_the_margin_in_words(bits: float | None, words: str) -> None:
    assert margin_in_words(bits) == words


def test_the_review_compares_and_shows_no_number(case: Case) -> None:
    other = alike(case)
    for person, phone in ((case.person, "06 39 98 00 21"), (other, "06 39 98 00 22")):
        a_contact(person, "phone", phone)
        an_identifier(person, "nir", "2040390010123")
    an_identifier(case.person, "caf", "1234567")
    an_identifier(other, "caf", "7654321")
    coordinator = case.others[Role.COORDINATOR]
    with as_(coordinator):
        why = Why(("names_close", "date_same"), score=21.0, margin=7.5)
        propose(coordinator, other.pk, case.person.pk, why)
    text = client_for(coordinator).get(REVIEW).content.decode()
    for word in ("1 sur 1", "Noms proches, même date", "Nettement la plus proche", "CAF, NIR"):
        assert word in text
    for number in ("2040390010123", "1234567", "7654321", "39980021", "39 98 00"):
        assert number not in text
    marks = text.count("Différent"), text.count("Pareil")
    assert marks == (3, 3), "prénom, téléphone, numéros ; nom, naissance, commune"
    with as_(coordinator):
        row = Consultation.objects.get(page="people:review")
    assert set(row.listed or ()) == {case.person.pk, other.pk}


def test_the_queue_goes_on_and_comes_back(case: Case) -> None:
    pairs = [a_pair(case.person, alike(case, given_name=f"Leila {n}")) for n in range(3)]
    coordinator = case.others[Role.COORDINATOR]
    client = client_for(coordinator)
    page = client.get(REVIEW, {"rang": "2"})
    assert "2 sur 3" in page.content.decode()
    shown = page.context["pair"].row.pk
    assert shown == pairs[1].pk
    later = client.post(reverse("people:postpone_pair", args=[shown]), {"rang": "2"})
    assert later["Location"] == "/rapprochements/?rang=2"
    assert client.get(REVIEW, {"rang": "3"}).context["pair"].row.pk == shown
    client.post(reverse("people:tell_apart", args=[shown]), {"rang": "3"})
    assert "2 sur 2" in client.get(REVIEW, {"rang": "99"}).content.decode()
    for key in (pairs[0].pk, pairs[2].pk):
        client.post(reverse("people:tell_apart", args=[key]))
    assert "Rien à rapprocher" in client.get(REVIEW).content.decode()


def test_the_referent_of_one_sees_the_masked_line_of_the_other(case: Case) -> None:
    a_pair(case.person, alike(case))
    page = client_for(case.referente).get(REVIEW)
    text = page.content.decode()
    assert "Leïla Haddad" in text
    assert "Leila" not in text
    assert "L. H." in text
    assert not page.context["pair"].may_merge
    assert page.context["pair"].may_tell


def test_an_import_s_pair_outlives_the_comparison(case: Case) -> None:
    """And keeps its answer when it is proposed again."""
    stranger = a_person(case.territory, family_name="Autre", given_name="Nom")
    actor = system(case.territory.pk)
    with within(case.territory.pk):
        key = propose(actor, case.person.pk, stranger.pk, Why(("phone",), score=9.0))
        assert propose(actor, stranger.pk, case.person.pk, Why(("email",), score=3.0)) == key
        compare_files(case.territory.pk)
        assert Pair.objects.get().reasons == ["phone"]
        Pair.objects.filter(pk=key).update(answer="distinct", answered_on=clock.today())
        propose(actor, case.person.pk, stranger.pk, Why(("email",), score=30.0))
        assert Pair.objects.get().answer == "distinct"
    elsewhere = a_person(a_case().territory)
    with within(case.territory.pk), pytest.raises(Person.DoesNotExist):
        propose(actor, case.person.pk, elsewhere.pk, Why(()))


def test_candidates_of_a_row_are_shown_as_the_policy_says(case: Case) -> None:
    hidden = alike(case, protected=True)
    manager = case.others[Role.MANAGER]
    with as_(manager):
        found = candidates(manager, [case.person.pk, hidden.pk])
    assert [(side.key, side.name, side.line.initials) for side in found] == [
        (case.person.pk, "", "L. H.")
    ]


def test_two_nirs_that_differ_are_two_persons(case: Case) -> None:
    other, coordinator = alike(case), case.others[Role.COORDINATOR]
    an_identifier(case.person, "nir", "2040390010123")
    an_identifier(other, "nir", "2040390010124")
    pair = a_pair(case.person, other)
    with as_(coordinator), pytest.raises(Impossible, match="sécurité sociale"):
        merge(coordinator, pair.pk, other.pk, Choices())
    page = client_for(coordinator).get(reverse("people:merge", args=[pair.pk]))
    assert "Réunion impossible" in page.content.decode()
    assert "2040390010123" not in page.content.decode()
