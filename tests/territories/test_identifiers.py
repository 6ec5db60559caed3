"""A SIRET is checked by its key; a telephone number is kept in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fr import siret as register

from jalons.territories.identifiers import WrongSiret, siret_of
from jalons.territories.telephones import WrongNumber, numbers_of, written


@pytest.mark.parametrize("text", ["73282932000074", "732 829 320 00074", "732.829.320.00074"])
def test_a_good_siret_is_kept_bare(text: str) -> None:
    assert siret_of(text) == "73282932000074"


def test_nothing_is_nothing() -> None:
    assert siret_of("  ") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("73282932000079", "vérifiez chaque chiffre"),
        ("7328293200007", "celui-ci en compte 13"),
        ("732829320000744", "celui-ci en compte 15"),
        ("7328293200007A", "que des chiffres"),
    ],
)
def test_a_wrong_siret_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(WrongSiret, match=said):
        siret_of(text)


@given(st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, shift: int) -> None:
    good = "73282932000074"
    digit = str((int(good[place]) + shift) % 10)
    bad = good[:place] + digit + good[place + 1 :]
    assert not register.is_valid(bad)
    with pytest.raises(WrongSiret):
        siret_of(bad)


def test_numbers_are_kept_in_one_form_and_read_back() -> None:
    numbers = numbers_of("06 39 98 00 12, 0639980013;+33639980012")
    assert numbers == ["+33639980012", "+33639980013"]
    assert written(numbers) == "06 39 98 00 12, 06 39 98 00 13"
    assert numbers_of(written(numbers)) == numbers
    assert numbers_of("") == []


@pytest.mark.parametrize("text", ["rien", "06 39", "06 39 98 00 12, le standard"])
def test_a_wrong_number_is_named(text: str) -> None:
    with pytest.raises(WrongNumber, match="dix chiffres"):
        numbers_of(text)


def test_a_field_has_few_numbers() -> None:
    with pytest.raises(WrongNumber, match="au plus 5"):
        numbers_of(", ".join(f"06 39 98 00 {number}" for number in range(10, 17)))
