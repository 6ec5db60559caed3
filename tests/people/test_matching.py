"""Rows of a file matched with known persons, against what is true, trap by trap."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from jalons.journal import events
from jalons.kernel import clock
from jalons.people import streets
from jalons.people.contacts import new_contact
from jalons.people.identifiers import new_identifier, normalised
from jalons.people.matching import match
from jalons.people.matching.records import Record, Verdict
from jalons.people.matching.rules import Compared, Taught, outcome, taught
from jalons.people.matching.weights import (
    EXACT,
    MARGIN,
    NO_STREET,
    NONE,
    OTHER_DAY,
    SAME_DAY,
    SAME_STREET,
)
from jalons.people.models import Contact, Person, PersonKey, PersonTraits
from jalons.territories.models import Territory
from tests.exchange.persons import a_word
from tests.worlds import a_person, a_territory, an_organization, within

pytestmark = pytest.mark.django_db

BORN = date(1984, 11, 23)
NIR, OTHER_NIR = (normalised("nir", text) for text in ("2841190010123", "2841190010124"))
ROW = Record(
    1, "Quérandel", "Maëlle", birth_date=BORN, phones=("+33639980001",), postal_code="90000"
)
SOURCE = uuid4()


@pytest.fixture
def territory() -> Territory:
    """Enough others for a name to be rare."""
    place = a_territory()
    others = [
        Person(territory=place, family_name=f"Autre{rank}", given_name=f"Prénom{rank}")
        for rank in range(300)
    ]
    with within(place.pk):
        events.append("people.person_created", territory=place.pk)
        Person.objects.bulk_create(others)
    return place


@pytest.fixture
def maelle(territory: Territory) -> Person:
    return a_person(
        territory, family_name="Quérandel", given_name="Maëlle", birth_date=BORN, commune="90010"
    )


def number(person: Person, kind: str, text: str, **values: UUID) -> None:
    with within(person.territory_id):
        new_identifier(person, kind, text, **values).save()


def reached(person: Person, kind: str, text: str) -> None:
    with within(person.territory_id):
        new_contact(person, kind, text).save()


def verdicts(territory: Territory, *rows: Record) -> list[Verdict]:
    with within(territory.pk):
        return list(match(territory.pk, rows, SOURCE))


def verdict(territory: Territory, row: Record) -> Verdict:
    return verdicts(territory, row)[0]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"family_name": "QUERANDEL"},
        {"family_name": "Quérandelle"},
        {"family_name": "Querandle"},
        {"given_name": "Maelle-Anne"},
        {"given_name": "Maële"},
        {"family_name": "Maëlle", "given_name": "Quérandel"},
        {"family_name": "Le Quérandel"},
        {"birth_date": date(1984, 1, 1)},
        {"postal_code": "13001"},
        {"family_name": "Vannier", "birth_name": "Querandel"},
    ],
)
def test_one_thing_written_otherwise_is_still_the_same_person(
    territory: Territory, maelle: Person, changed: dict[str, object]
) -> None:
    found = verdict(territory, replace(ROW, **changed))  # type: ignore[arg-type]
    assert (found.outcome, found.person) == ("same", maelle.pk)
    assert found.margin >= MARGIN


def test_another_day_is_left_to_a_human_until_a_phone_says(
    territory: Territory, maelle: Person
) -> None:
    row = replace(ROW, birth_date=date(1984, 11, 28))
    assert verdict(territory, row).outcome == "doubt"
    reached(maelle, "phone", "06 39 98 00 01")
    assert verdict(territory, row).person == maelle.pk


def test_day_and_month_exchanged(territory: Territory) -> None:
    known = a_person(
        territory, family_name="Quérandel", given_name="Maëlle", birth_date=date(1984, 5, 9)
    )
    found = verdict(territory, replace(ROW, birth_date=date(1984, 9, 5)))
    assert (found.outcome, found.person) == ("same", known.pk)


@pytest.mark.parametrize(
    "changed",
    [
        {"birth_date": date(1961, 2, 3)},
        {"given_name": "Brieuc", "birth_date": date(1990, 2, 3)},
        {"family_name": "Ozanne", "given_name": "Brieuc"},
    ],
)
def test_another_person_is_new(
    territory: Territory, maelle: Person, changed: dict[str, object]
) -> None:
    assert verdict(territory, replace(ROW, **changed)).outcome == "new"  # type: ignore[arg-type]


def test_a_twin_of_somebody_known_is_left_to_a_human(territory: Territory, maelle: Person) -> None:
    found = verdict(territory, replace(ROW, given_name="Brieuc", phones=()))
    assert (found.outcome, found.person) == ("doubt", None)
    assert [one.person for one in found.candidates] == [maelle.pk]
    assert {"same_family", "other_given", "same_day"} <= set(found.candidates[0].reasons)


def test_two_homonyms_of_one_day_are_left_to_a_human_until_a_phone_says(
    territory: Territory, maelle: Person
) -> None:
    other = a_person(
        territory, family_name="Quérandel", given_name="Maëlle", birth_date=BORN, commune="90010"
    )
    assert verdict(territory, ROW).outcome == "doubt"
    reached(other, "phone", "06 39 98 00 01")
    assert verdict(territory, ROW).person == other.pk


def test_a_twin_known_beside_the_other_is_not_taken_for_her(
    territory: Territory, maelle: Person
) -> None:
    twin = a_person(
        territory, family_name="Quérandel", given_name="Brieuc", birth_date=BORN, commune="90010"
    )
    both = verdicts(territory, ROW, replace(ROW, number=2, given_name="Brieuc"))
    assert [found.person for found in both] == [maelle.pk, twin.pk]


def test_a_couple_that_shares_an_e_mail_stays_two(territory: Territory, maelle: Person) -> None:
    """And the file's own couple does not count its e-mail."""
    reached(maelle, "email", "nous@courriel.example")
    husband = replace(
        ROW,
        given_name="Brieuc",
        birth_date=date(1980, 4, 2),
        emails=("nous@courriel.example",),
        phones=(),
    )
    assert verdict(territory, husband).outcome == "new"
    wife = replace(ROW, number=2, emails=husband.emails)
    found = verdicts(territory, husband, wife)
    assert [each.ignored for each in found] == [("email",), ("email",)]
    assert [each.person for each in found] == [None, maelle.pk]


def test_a_strong_number_links_with_a_name_or_the_date_that_agrees(
    territory: Territory, maelle: Person
) -> None:
    number(maelle, "nir", NIR)
    married = replace(ROW, family_name="Ozanne", numbers={"nir": NIR})
    assert verdict(territory, married).person == maelle.pk
    stranger = replace(married, given_name="Brieuc", birth_date=date(1961, 2, 3))
    assert verdict(territory, stranger).person is None


def test_another_number_of_a_kind_that_one_has_once_is_an_error(
    territory: Territory, maelle: Person
) -> None:
    number(maelle, "nir", NIR)
    found = verdict(territory, replace(ROW, numbers={"nir": OTHER_NIR}))
    assert (found.outcome, found.person) == ("contradiction", None)
    assert "other_nir" in found.candidates[0].reasons


def test_another_number_of_the_same_information_system_is_left_to_a_human(
    territory: Territory, maelle: Person
) -> None:
    source = an_organization(territory)
    number(maelle, "si", "D1234", source=source.pk)
    row = replace(ROW, numbers={"si": "D9999"})
    with within(territory.pk):
        assert next(match(territory.pk, [row], source.pk)).outcome == "doubt"
        assert next(match(territory.pk, [row], SOURCE)).outcome == "same"


def test_a_number_of_another_person_links_to_neither_and_is_not_used(
    territory: Territory, maelle: Person
) -> None:
    other = a_person(territory, family_name="Ozanne", given_name="Brieuc")
    number(other, "nir", NIR)
    found = verdict(territory, replace(ROW, numbers={"nir": NIR}))
    assert (found.person, found.ignored) == (maelle.pk, ("nir",))


def test_a_number_that_a_file_gives_to_two_names_is_not_strong(
    territory: Territory, maelle: Person
) -> None:
    number(maelle, "nir", NIR)
    rows = [
        replace(ROW, family_name="Ozanne", phones=(), numbers={"nir": NIR}),
        replace(ROW, number=2, given_name="Brieuc", phones=(), numbers={"nir": NIR}),
    ]
    found = verdicts(territory, *rows)
    assert [each.ignored for each in found] == [("nir",), ("nir",)]
    assert all(each.person is None for each in found)


@pytest.mark.parametrize("hidden", ["protected", "archived_at"])
def test_who_is_hidden_is_never_matched(territory: Territory, hidden: str) -> None:
    value = True if hidden == "protected" else "2026-01-01T00:00:00Z"
    a_person(
        territory, family_name="Quérandel", given_name="Maëlle", birth_date=BORN, **{hidden: value}
    )
    found = verdict(territory, ROW)
    assert (found.outcome, found.candidates) == ("new", ())


def test_a_hidden_address_says_nothing(territory: Territory) -> None:
    known = a_person(
        territory,
        family_name="Quérandel",
        given_name="Maëlle",
        birth_date=BORN,
        commune="90010",
        hidden_address=True,
    )
    with within(territory.pk):
        assert PersonTraits.objects.get(pk=known.pk).commune == ""
    found = verdict(territory, replace(ROW, given_name="Brieuc"))
    assert "same_commune" not in found.candidates[0].reasons


def test_many_rows_are_judged_as_one_by_one(territory: Territory, maelle: Person) -> None:
    rows = [
        replace(ROW, number=rank, given_name=given, birth_date=born)
        for rank, (given, born) in enumerate(
            [("Maëlle", BORN), ("Brieuc", BORN), ("Maelle", date(1984, 1, 1))] * 8, 1
        )
    ]
    together = verdicts(territory, *rows)
    assert [each.outcome for each in together] == ["same", "doubt", "same"] * 8
    assert together == verdicts(territory, *rows)
    alone = [verdict(territory, row) for row in rows[:3]]
    assert [(each.outcome, each.person) for each in alone] == [
        (each.outcome, each.person) for each in together[:3]
    ]


def test_another_territory_is_never_seen(territory: Territory, maelle: Person) -> None:
    elsewhere = a_territory()
    assert verdict(elsewhere, ROW).outcome == "new"


def test_the_traits_follow_the_person(territory: Territory, maelle: Person) -> None:
    def keys() -> set[int]:
        with within(territory.pk):
            return set(PersonKey.objects.filter(person=maelle.pk).values_list("key", flat=True))

    before = keys()
    with within(territory.pk):
        Person.objects.filter(pk=maelle.pk).update(language="eng")
    assert keys() == before
    with within(territory.pk):
        Person.objects.filter(pk=maelle.pk).update(family_name="De la Ronce")
        traits = PersonTraits.objects.get(pk=maelle.pk)
    assert (traits.family, traits.given) == ("ronce", "maelle")
    assert keys() != before
    with within(territory.pk):
        Person.objects.filter(pk=maelle.pk).delete()
    assert keys() == set()


ADDRESS = "12 rue des Lilas\n90000 Belfort"


def test_another_family_name_at_the_same_address_is_a_name_of_hers(
    territory: Territory, maelle: Person
) -> None:
    row = replace(ROW, family_name="Vannier", phones=(), address="12, r. des Lilas, 90000 Belfort")
    assert verdict(territory, row).outcome == "doubt"
    reached(maelle, "address", ADDRESS)
    found = verdict(territory, row)
    assert (found.outcome, found.person) == ("same", maelle.pk)


def test_a_twin_at_the_same_address_is_left_to_a_human(
    territory: Territory, maelle: Person
) -> None:
    reached(maelle, "address", ADDRESS)
    found = verdict(territory, replace(ROW, given_name="Brieuc", phones=(), address=ADDRESS))
    assert (found.outcome, found.person) == ("doubt", None)
    assert "same_street" in found.candidates[0].reasons


def test_a_namesake_born_another_day_at_the_same_address_is_left_to_a_human(
    territory: Territory, maelle: Person
) -> None:
    """A mother and her daughter."""
    reached(maelle, "address", ADDRESS)
    row = replace(ROW, birth_date=date(2005, 4, 9), phones=(), address=ADDRESS)
    assert verdict(territory, row).outcome != "same"


def test_the_address_finds_who_is_misspelt_and_born_another_day(
    territory: Territory, maelle: Person
) -> None:
    reached(maelle, "address", ADDRESS)
    row = replace(ROW, family_name="Cerandelle", birth_date=date(1984, 11, 28), address=ADDRESS)
    found = verdict(territory, replace(row, phones=()))
    assert [one.person for one in found.candidates] == [maelle.pk]


def streets_of(person: Person) -> tuple[list[int], set[int]]:
    with within(person.territory_id):
        keys = PersonKey.objects.filter(person=person.pk).values_list("key", flat=True)
        return PersonTraits.objects.get(pk=person.pk).street, set(keys)


def test_the_traits_follow_the_address(territory: Territory, maelle: Person) -> None:
    assert streets_of(maelle)[0] == []
    without = streets_of(maelle)[1]
    reached(maelle, "address", ADDRESS)
    street, keys = streets_of(maelle)
    assert street == streets.hashed(ADDRESS)
    assert len(keys - without) == 4
    with within(territory.pk):
        Contact.objects.filter(person=maelle.pk).update(ends_on=clock.today())
    assert streets_of(maelle) == ([], without)
    with within(territory.pk):
        Contact.objects.filter(person=maelle.pk).update(ends_on=None)
        Person.objects.filter(pk=maelle.pk).update(hidden_address=True)
    assert streets_of(maelle)[0] == []
    with within(territory.pk):
        Person.objects.filter(pk=maelle.pk).update(hidden_address=False)
    assert streets_of(maelle) == (street, keys)
    with within(territory.pk):
        Contact.objects.filter(person=maelle.pk).delete()
    assert streets_of(maelle) == ([], without)


def test_somebody_with_a_name_left_empty_may_still_be_the_one(
    territory: Territory, maelle: Person
) -> None:
    reached(maelle, "phone", "06 39 98 00 01")
    found = verdict(territory, replace(ROW, family_name=""))
    assert (found.outcome, found.person) == ("same", maelle.pk)
    looked = verdict(territory, replace(ROW, family_name="", phones=()))
    assert "no_family" in looked.candidates[0].reasons


def alike(given: int, *shared: str, differing: str = "") -> Compared:
    kinds = frozenset(shared), frozenset([differing] if differing else [])
    levels = EXACT, given, NONE, SAME_DAY, True, NO_STREET
    return Compared(UUID(int=0), 9.0, *levels, *kinds)


@pytest.mark.parametrize(
    ("others", "learnt"),
    [
        ([alike(NONE, "nir")] * 150, True),
        ([alike(NONE, "nir")] * 140 + [alike(NONE, differing="nir")] * 10, False),
        ([alike(NONE, "nir")] * 99, False),
        ([alike(NONE, "mobile")] * 300 + [alike(NONE)] * 220, True),
        ([alike(NONE, "mobile")] * 230 + [alike(NONE)] * 290, False),
        ([], False),
    ],
)
def test_a_file_teaches_what_another_given_name_means(others: list[Compared], learnt: bool) -> None:
    """Half of everybody's rows share a phone, all of those with a number have the same."""
    usual = [alike(EXACT, "mobile"), alike(EXACT)] * 500 + [alike(EXACT, "nir")] * 200
    if not any("nir" in one.shared for one in others):
        usual = usual[:1000]
    assert taught([*usual, *others], lambda: (0, 0)).middle_names is learnt


@pytest.mark.parametrize(("sharing", "learnt"), [(0, True), (2, True), (4, False)])
def test_a_file_teaches_that_an_address_is_somebodys_alone(sharing: int, learnt: bool) -> None:
    at_home = replace(alike(EXACT), street=SAME_STREET)
    other = replace(at_home, family=NONE, given=NONE, day=OTHER_DAY, shared=frozenset({"ft"}))
    found = taught([at_home] * 100, lambda: (1_000, sharing))
    assert found == Taught(lone_homes=learnt)
    assert (outcome([other], found)[0] == "same") is learnt


def test_whoever_joins_somebody_known_at_home_is_not_taken_for_them(territory: Territory) -> None:
    """A file of couples: all are found at once, and the homes that they share are counted."""
    known = [
        Record(
            number,
            f"{a_word(home)}",
            f"{a_word(-number)}",
            birth_date=BORN + timedelta(days=number),
            address=f"{home} rue {a_word(home + 9_000)}\n90000 Belfort",
        )
        for number, home in enumerate([*range(1, 331), *range(1, 301)], 1)
    ]
    housed = [
        Person(
            territory=territory,
            family_name=one.family_name,
            given_name=one.given_name,
            birth_date=one.birth_date,
        )
        for one in known
    ]
    with within(territory.pk):
        events.append("people.person_created", territory=territory.pk)
        Person.objects.bulk_create(housed)
        pairs = zip(housed, known, strict=True)
        Contact.objects.bulk_create(
            new_contact(one, "address", said.address) for one, said in pairs
        )
    spouses = [
        replace(
            one,
            number=len(known) + rank,
            given_name=a_word(-9_000 - rank),
            birth_date=BORN - timedelta(days=400 * rank),
        )
        for rank, one in enumerate(known[300:330], 1)
    ]
    found = verdicts(territory, *known, *spouses)
    assert {one.outcome for one in found[: len(known)]} == {"same"}
    assert "same" not in {one.outcome for one in found[len(known) :]}


def test_numbers_teach_more_than_addresses() -> None:
    known = replace(alike(EXACT, "nir"), street=SAME_STREET)
    assert not taught([known] * 1_000 + [alike(NONE, "nir")] * 100, lambda: (1_000, 0)).lone_homes
