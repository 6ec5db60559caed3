"""How contacts and numbers are recognised, matched and kept."""

import pytest

from jalons.people import contacts, identifiers
from jalons.people.contacts import WrongContact
from jalons.people.identifiers import WrongIdentifier
from jalons.people.models import Person

SOMEBODY = Person(territory_id=1)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("phone", "06 39 98 00 11", "+33639980011"),
        ("phone", "+33 (0)6-39-98-00-11", "+33639980011"),
        ("phone", "12", ""),
        ("email", " Nadia.Morel@Exemple.FR ", "nadia.morel@exemple.fr"),
        ("email", "nadia@", ""),
        ("address", " 3  rue des Prés\n\n90000 Belfort ", "3 rue des Prés\n90000 Belfort"),
        ("address", "  ", ""),
    ],
)
def test_a_contact_is_kept_in_one_form(kind: str, typed: str, kept: str) -> None:
    assert contacts.normalised(kind, typed) == kept


def test_equal_contacts_share_a_digest_that_depends_on_their_kind() -> None:
    assert contacts.digest("phone", "0639980011") == contacts.digest("phone", "+33639980011")
    assert contacts.digest("address", "3 rue des Prés") == contacts.digest(
        "address", "3, RUE DES PRES"
    )
    assert contacts.digest("email", "a@b.fr") != contacts.digest("address", "a@b.fr")
    with pytest.raises(WrongContact, match="dix chiffres"):
        contacts.digest("phone", "rien")


def test_a_contact_is_unreadable_in_its_row_and_reads_back() -> None:
    made = contacts.new_contact(
        SOMEBODY, "phone", "06 39 98 00 11", note="téléphone de sa sœur", safe=True
    )
    assert contacts.read(made) == contacts.ContactContent("+33639980011", "téléphone de sa sœur")
    assert b"639980011" not in bytes(made.cipher) + bytes(made.digest or b"")
    assert contacts.written("phone", "+33639980011") == "06 39 98 00 11"


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("nir", "2 85 05 90 010 123", "285059001012343"),
        ("nir", "285059001012343", "285059001012343"),
        ("nir", "285059001012344", ""),
        ("nir", "1 85 05 2A 004 123 56", "185052A00412356"),
        ("nir", "1850518004123", "185051800412383"),
        ("caf", "123 4567 k", "1234567"),
        ("caf", "123456", "0123456"),
        ("caf", "12345678", ""),
        ("ft", "1234567a", "1234567A"),
        ("ft", "12345678901", "12345678901"),
        ("ft", "123456", ""),
        ("msa", "285059001012343", ""),
        ("si", "IODAS-00123", "IODAS00123"),
        ("si", "285059001012343", ""),
    ],
)
def test_a_number_is_kept_in_one_form(kind: str, typed: str, kept: str) -> None:
    assert identifiers.normalised(kind, typed) == kept


def test_corsica_has_keys_of_its_own() -> None:
    """INSEE: 2A counts as 19, 2B as 18."""
    for letters, digits in (("2A", "19"), ("2B", "18")):
        key = identifiers.normalised("nir", f"18505{digits}004123")[-2:]
        assert identifiers.normalised("nir", f"18505{letters}004123")[-2:] == key


def test_a_typed_number_may_be_of_several_kinds() -> None:
    assert set(identifiers.digests("1234567A")) == {"caf", "ft", "msa", "si"}
    assert set(identifiers.digests("285059001012343")) == {"nir"}
    assert identifiers.digests("Élodie") == {}


def test_a_number_reads_back_but_a_nir_never() -> None:
    made = identifiers.new_identifier(SOMEBODY, "ft", "1234567a")
    assert identifiers.read(made) == "1234567A"
    assert made.digest == identifiers.digests("1234567 A")["ft"]
    with pytest.raises(PermissionError):
        identifiers.read(identifiers.new_identifier(SOMEBODY, "nir", "2850590010123"))
    with pytest.raises(WrongIdentifier, match="sept chiffres"):
        identifiers.new_identifier(SOMEBODY, "caf", "Élodie")
