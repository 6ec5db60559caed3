"""Two records of one person: what is forgiven, and what never is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.people.front_door.rules import (
    BROWSED,
    Names,
    alphabetical,
    full_dates,
    likeness,
    swapped,
)
from jalons.people.names import indexed, words

BORN = date(1990, 5, 7)
KNOWN = Names("Le Goff-Ben Amar", "Anne-Sophie", "D’Hervé", BORN)


def typed(family: str, given: str, day: date = BORN) -> Names:
    return Names(family, given, birth_date=day)


@pytest.mark.parametrize(
    ("family", "given_name"),
    [
        ("Le Goff-Ben Amar", "Anne-Sophie"),
        ("LE GOFF BEN AMAR", "anne sophie"),
        ("Goff Ben Amar", "Annesophie"),
        ("D'Herve", "Anne Sophie"),
        ("Hervé", "ANNE-SOPHIE"),
    ],
)
def test_the_same_person_however_written(family: str, given_name: str) -> None:
    assert likeness(typed(family, given_name), KNOWN) == "same"


@pytest.mark.parametrize(
    ("family", "given_name", "day"),
    [
        ("Anne-Sophie", "Le Goff", BORN),
        ("Goff", "Anne", BORN),
        ("Hervé", "Sophie", BORN),
        ("Hervés", "Anne-Sophie", BORN),
        ("Herév", "Anne-Sophie", BORN),
        ("Hervé", "Anne-Sofie", BORN),
        ("Hervé", "Anne-Sophie", date(1990, 7, 5)),
        ("Hervé", "Anne-Sophie", date(1990, 1, 1)),
    ],
)
def test_what_is_forgiven_is_shown_to_a_human(family: str, given_name: str, day: date) -> None:
    assert likeness(typed(family, given_name, day), KNOWN) == "close"


@pytest.mark.parametrize(
    ("family", "given_name", "day"),
    [
        ("Martin", "Anne-Sophie", BORN),
        ("Hervé", "Louise", BORN),
        ("Hervé", "Anne-Sophie", date(1991, 5, 7)),
        ("Hervé", "Anne-Sophie", date(1990, 5, 8)),
        ("Anne", "Sophie", BORN),
    ],
)
def test_two_persons(family: str, given_name: str, day: date) -> None:
    assert likeness(typed(family, given_name, day), KNOWN) is None


def test_a_short_name_is_not_misspelt() -> None:
    assert likeness(typed("Roux", "Léa"), Names("Roux", "Mia", birth_date=BORN)) is None
    assert likeness(typed("Roux", "Mila"), Names("Roux", "Mia", birth_date=BORN)) is None


def test_a_date_that_nobody_knows_is_looked_at() -> None:
    assert likeness(typed("Roux", "Léa"), Names("Roux", "Léa")) == "close"


NAMES = st.text(st.characters(codec="latin-1", categories=["L"]), min_size=2, max_size=12)
DAYS = st.dates(date(1920, 1, 1), date(2020, 12, 31))


@given(NAMES, NAMES, DAYS)
def test_everybody_is_like_themselves(family: str, given_name: str, day: date) -> None:
    one = Names(family, given_name, birth_date=day)
    if words(family) and words(given_name):
        assert likeness(one, one) == "same"


@given(NAMES, NAMES, NAMES, NAMES, DAYS, DAYS)
def test_likeness_goes_both_ways(a: str, b: str, c: str, d: str, one: date, other: date) -> None:
    first, second = Names(a, b, birth_date=one), Names(c, d, birth_date=other)
    assert likeness(first, second) == likeness(second, first)


@given(DAYS)
def test_a_swapped_date_comes_back(day: date) -> None:
    assert swapped(swapped(day)) == day
    found = full_dates(day)
    assert set(found) == {each for each in (day, swapped(day)) if (each.day, each.month) != (1, 1)}


def test_what_a_search_by_name_meets() -> None:
    assert indexed("Le Goff", "", "Jean-Pierre") == [
        "goff",
        "jean",
        "jeanpierre",
        "legoff",
        "pierre",
    ]
    assert indexed("De") == ["de"]


@pytest.mark.parametrize(
    ("names", "browsed"),
    [
        ([f"nom{letter}" for letter in "abcdefghijkl"], True),
        ([f"nom{letter}" for letter in "lkjihgfedcba"], True),
        ([f"nom{letter}" for letter in "abdcefghijkl"], True),
        ([f"nom{letter}" for letter in "adbecfhgjikl"], False),
        (["roux"] * BROWSED, False),
        ([f"nom{letter}" for letter in "abcdefghijk"], False),
    ],
)
def test_going_through_the_alphabet(names: list[str], browsed: bool) -> None:
    assert alphabetical(names) is browsed
