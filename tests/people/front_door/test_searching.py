"""The front door: who is found, what is shown of them, how many may be looked for."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.journal import events
from jalons.kernel import clock
from jalons.people import contacts, identifiers
from jalons.people.front_door.actions.forget import forget_old_searches
from jalons.people.front_door.actions.search import TooManySearches, search
from jalons.people.front_door.queries import Answer, answers, own_search
from jalons.people.front_door.typed import SEARCH, UNSAID, Typed, disclose
from jalons.people.models import Person, Search
from jalons.people.settings import SEARCHES_AN_HOUR
from tests.clients import client_for
from tests.worlds import Case, a_case, a_person, a_setting, within

pytestmark = pytest.mark.django_db

BORN = date(1990, 5, 17)
NIR = identifiers.normalised("nir", "190052A004001")


@pytest.fixture
def case(db: None) -> Case:
    return a_case(family_name="Le Goff", given_name="Anne-Sophie", birth_date=BORN)


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def look(
    actor: Actor, family: str = "Legoff", given: str = "Anne Sophie", day: date = BORN
) -> list[Answer]:
    return asked(actor, Typed(family, given, day))


def asked(actor: Actor, typed: Typed) -> list[Answer]:
    with as_(actor):
        made = search(actor, typed)
        return answers(actor, made)


def reach(person: Person, kind: str, value: str) -> None:
    with within(person.territory_id):
        events.append("people.person_changed", territory=person.territory_id)
        if kind in {"phone", "email"}:
            contacts.new_contact(person, kind, value).save(force_insert=True)
        else:
            identifiers.new_identifier(person, kind, value).save(force_insert=True)


def test_the_follower_finds_the_file(case: Case) -> None:
    (found,) = look(case.referente)
    assert (found.key, found.name) == (case.person.pk, "Anne-Sophie Le Goff")


def test_outside_only_the_masked_line_is_shown(case: Case) -> None:
    for actor in (case.collegue, case.partenaire, case.others[Role.CLERK]):
        (found,) = look(actor)
        assert found.name == ""
        assert found.birth_date is None
        assert (found.line.initials, found.line.birth_year) == ("A. L.", 1990)
        assert found.line.known_by == 1


def test_another_territory_finds_nobody(case: Case) -> None:
    assert look(case.etrangere) == []


def test_a_day_and_a_month_exchanged_are_forgiven(case: Case) -> None:
    someone = a_person(
        case.territory, family_name="Roux", given_name="Léa", birth_date=date(1990, 5, 7)
    )
    assert [each.key for each in look(case.partenaire, "roux", "lea", date(1990, 7, 5))] == [
        someone.pk
    ]


def test_a_year_alone_finds_the_exact_names(case: Case) -> None:
    assert [each.key for each in look(case.partenaire, day=date(1990, 1, 1))] == [case.person.pk]
    assert look(case.partenaire, "Goffe", "Anne-Sophie", date(1990, 1, 1)) == []


def test_somebody_whose_date_is_unknown_is_found(case: Case) -> None:
    someone = a_person(case.territory, family_name="Diallo", given_name="Awa", birth_date=None)
    assert [each.key for each in look(case.partenaire, "DIALLO", "Awa", BORN)] == [someone.pk]


def test_the_likeliest_come_first(case: Case) -> None:
    close = a_person(case.territory, family_name="Le Goff", given_name="Anne", birth_date=BORN)
    found = [each.key for each in look(case.partenaire)]
    assert found == [case.person.pk, close.pk]


@pytest.mark.parametrize(
    ("kind", "value", "typed"),
    [
        ("phone", "06 39 98 00 11", "+33639980011"),
        ("email", "Anne@courriel.example", " anne@COURRIEL.example"),
        ("caf", "1234567A", "1234567"),
        ("ft", "1234567X", "1234567 x"),
        ("nir", NIR, NIR[:13]),
    ],
)
def test_a_number_finds_its_person(case: Case, kind: str, value: str, typed: str) -> None:
    reach(case.person, kind, value)
    assert [each.key for each in asked(case.partenaire, Typed(number=typed))] == [case.person.pk]
    assert asked(case.etrangere, Typed(number=typed)) == []


def test_one_email_of_a_couple_finds_both(case: Case) -> None:
    other = a_person(case.territory, family_name="Le Goff", given_name="Yann")
    for each in (case.person, other):
        reach(each, "email", "famille@courriel.example")
    found = asked(case.partenaire, Typed(number="famille@courriel.example"))
    assert {each.key for each in found} == {case.person.pk, other.pk}


def test_a_social_security_number_is_not_kept(case: Case) -> None:
    with as_(case.partenaire):
        made = search(case.partenaire, Typed(number=NIR))
    assert disclose(made.cipher, made.pk, SEARCH).number == UNSAID


def test_a_protected_person_is_found_by_their_followers_only() -> None:
    case = a_case(protected=True, birth_date=BORN, family_name="Le Goff", given_name="Anne-Sophie")
    reach(case.person, "phone", "0639980011")
    assert [each.key for each in look(case.referente)] == [case.person.pk]
    for actor in (case.collegue, case.partenaire, *case.others.values()):
        if actor.role in {Role.STEERING, Role.FACILITATOR, Role.COMPANY_LEAD, Role.NETWORK_LEAD}:
            continue
        found = look(actor)
        here = actor.organization == case.home.pk and actor.role in {Role.MANAGER, Role.CLERK}
        assert [each.key for each in found] == ([case.person.pk] if here else []), actor.role
        assert bool(asked(actor, Typed(number="0639980011"))) == here


def test_a_hidden_address_shows_no_commune() -> None:
    case = a_case(
        hidden_address=True, birth_date=BORN, family_name="Le Goff", given_name="Anne-Sophie"
    )
    (found,) = look(case.partenaire)
    assert found.line.commune == ""


def test_each_search_is_a_consultation(case: Case) -> None:
    look(case.partenaire)
    look(case.partenaire, "Personne", "Nulle")
    with within(case.territory.pk):
        rows = list(Consultation.objects.filter(page="people:front_door").order_by("at", "id"))
    assert [row.listed for row in rows] == [[case.person.pk], []]
    assert {row.account for row in rows} == {case.partenaire.account}


def test_the_hour_has_its_quota(case: Case, clock_at: Any) -> None:
    a_setting(case.territory, SEARCHES_AN_HOUR.key, 10, starts_on=clock.today())
    for _ in range(10):
        look(case.partenaire)
    with pytest.raises(TooManySearches):
        look(case.partenaire)
    look(case.collegue)
    clock_at(clock.now() + timedelta(minutes=61))
    look(case.partenaire)


def test_an_answer_lasts_a_quarter_of_an_hour(case: Case, clock_at: Any) -> None:
    with as_(case.partenaire):
        made = search(case.partenaire, Typed("Le Goff", "Anne-Sophie", BORN))
        assert own_search(case.partenaire, made.pk) == made
    with as_(case.collegue):
        assert own_search(case.collegue, made.pk) is None
    clock_at(clock.now() + timedelta(minutes=15))
    with as_(case.partenaire):
        assert own_search(case.partenaire, made.pk) is None
    clock_at(clock.now() + timedelta(days=1))
    with within(case.territory.pk):
        assert forget_old_searches() == 1


def test_the_answer_asks_a_bounded_number_of_queries(case: Case) -> None:
    for number in range(8):
        a_person(
            case.territory,
            family_name="Le Goff",
            given_name=f"Anne-Sophie {number}",
            birth_date=BORN,
        )
    with as_(case.partenaire):
        made = search(case.partenaire, Typed("Le Goff", "Anne-Sophie", BORN))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(answers(case.partenaire, made)) == 9
    assert len(queries) <= 5


def test_the_page_sends_a_post_to_an_opaque_address(case: Case) -> None:
    client = client_for(case.partenaire)
    sent = {"family_name": "Le Goff", "given_name": "Anne-Sophie", "birth_date": "17/05/1990"}
    answer = client.post("/accueil/", sent)
    assert answer.status_code == 302
    assert "goff" not in answer.headers["Location"].lower()
    page = client.get(answer.headers["Location"])
    assert "A. L." in page.content.decode()
    assert "Demander à suivre" in page.content.decode()
    with within(case.territory.pk):
        (opened,) = Consultation.objects.filter(page="people:found")
    assert (opened.listed, opened.level) == ([case.person.pk], Level.MASKED)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"family_name": "Le Goff"}, "un nom ne suffit pas"),
        ({"number": "Anne-Sophie"}, "Pour un nom, remplissez"),
        ({"family_name": "Le Goff", "given_name": "A", "birth_date": "31/02/1990"}, "date passée"),
        ({"family_name": "Le Goff", "given_name": "A", "birth_date": "01/01/2099"}, "date passée"),
        ({}, "Écrivez le nom, ou un numéro."),
    ],
)
def test_what_is_missing_is_said(case: Case, sent: dict[str, str], said: str) -> None:
    answer = client_for(case.partenaire).post("/accueil/", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Search.objects.exists()


def test_a_phone_typed_as_a_name_is_understood(case: Case) -> None:
    reach(case.person, "phone", "0639980011")
    client = client_for(case.partenaire)
    answer = client.post("/accueil/", {"family_name": "06 39 98 00 11"})
    assert "A. L." in client.get(answer.headers["Location"]).content.decode()


def test_another_s_search_leads_back_to_the_front_door(case: Case) -> None:
    with as_(case.partenaire):
        made = search(case.partenaire, Typed("Le Goff", "Anne-Sophie", BORN))
    answer = client_for(case.collegue).get(f"/accueil/{made.pk}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accueil/")
