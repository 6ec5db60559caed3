"""What cells mean, with what spreadsheets and people do to them."""

import pytest

from jalons.exchange.files import values
from jalons.exchange.files.agreement import Claim, agree
from jalons.kernel import phones
from jalons.territories.rules import kind_in

SIRET = "73282932000074"


@pytest.mark.parametrize(
    "text",
    [
        SIRET,
        " 732 829 320 00074 ",
        "732.829.320.00074",
        "732\u00a0829\u202f320 00074",
        f"'{SIRET}",
        f'="{SIRET}"',
        f"{SIRET}.0",
        f"{SIRET},00",
    ],
)
def test_a_siret_is_fourteen_digits(text: str) -> None:
    assert values.siret(text) == SIRET


def test_the_first_zero_of_a_siret_is_given_back() -> None:
    assert values.siret("5720784700013") == "05720784700013"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("73282932000075", "bad_checksum"),
        ("732829320", "bad_format"),
        ("7,32829E+13", "bad_format"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "bad_format"),
        ("en cours", "bad_format"),
    ],
)
def test_a_wrong_siret(text: str, kind: str) -> None:
    with pytest.raises(values.Bad) as bad:
        values.siret(text)
    assert bad.value.kind == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("06 39 98 00 12", "+33639980012"),
        ("639980012", "+33639980012"),
        ("0033 1 23 45 67 89", "+33123456789"),
        ("+33 (0)1 23 45 67 89", "+33123456789"),
        ("01/23/45/67/89", "+33123456789"),
        ("0692 12 34 56", "+262692123456"),
        ("12", ""),
        ("sonnez", ""),
    ],
)
def test_a_phone(text: str, expected: str) -> None:
    assert phones.phone(text) == expected


def test_phones_of_a_cell() -> None:
    assert phones.phones("06 39 98 00 12 / 01.23.45.67.89 ou 0639980012") == (
        ["+33639980012", "+33123456789"],
        True,
    )
    assert phones.phones("06.39.98.00.12/01 23 45 67 89")[0] == ["+33639980012", "+33123456789"]
    assert phones.phones("0639980012; 12") == (["+33639980012"], False)
    assert phones.phones("") == ([], True)


@pytest.mark.parametrize("text", ["", " - ", "N/A", "Néant", "aucun", "NC"])
def test_what_says_nothing(text: str) -> None:
    assert values.is_nothing(text)


def test_other_values() -> None:
    assert values.email(" Mailto:Ines@Asso.Example ".lower()) == "ines@asso.example"
    assert values.website("www.asso.example") == "https://www.asso.example"
    assert values.postcode("1000") == "01000"
    assert values.postcode("90000.0") == "90000"
    assert values.clean("L\u200be\u0301a\n\u00a0 B\x00") == "Léa B"


def test_the_order_of_rows_never_matters() -> None:
    claims = [
        (1, [Claim("a", {"Nom": "Fil", "Ville": ""})]),
        (2, [Claim("a", {"Nom": "FIL", "Ville": "Belfort"})]),
        (3, [Claim("a", {"Nom": "Laine", "Ville": ""})]),
        (4, [Claim("b", {"Nom": "Laine", "Ville": ""})]),
    ]
    found = agree(claims)
    assert found == agree(reversed(claims))
    assert found.said == {"a": {"Nom": "FIL", "Ville": "Belfort"}, "b": {"Nom": "Laine"}}
    assert found.conflicts == {3: ["Nom"]}


def test_a_sensitive_kind_wins_over_a_longer_name() -> None:
    class Kind:
        def __init__(self, code: str, *keys: str, sensitive: bool = False) -> None:
            self.code, self.keys, self.sensitive = code, keys, sensitive

    kinds = [
        Kind("ASSOCIATION", "association"),
        Kind("CSAPA", sensitive=True),
        Kind("ML", "mission locale"),
    ]
    assert kind_in("association du csapa", kinds) == ("CSAPA", True)
    assert kind_in("mission locale du lion", kinds) == ("ML", False)
    assert kind_in("les ateliers", kinds) == ("AUTRE", False)
    assert kind_in("associations", kinds) == ("AUTRE", False)
