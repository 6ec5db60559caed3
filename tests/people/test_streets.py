"""What two writings of one address share."""

import pytest

from jalons.people import streets


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("12 bis, rue des Lilas\n95100 Argenteuil", ["12", "lls"]),
        ("12B r. des LILAS 95100 ARGENTEUIL CEDEX", ["12b", "lls", "r"]),
        (
            "Résidence Les Ormes, bât. C\n3 avenue Gabriel-Péri\n90000 Belfort",
            ["3", "gbrl", "orms", "pr", "c"],
        ),
        ("12 rue de la Place", ["12"]),
        ("Place de l’Église\n90000 Belfort", ["egls"]),
        ("8 stanley street\n4223 winston hills", ["4223", "8", "wnstn", "stnl", "strt", "hls"]),
        ("90000 Belfort", ["90000", "blfrt"]),
        ("", []),
    ],
)
def test_the_words_that_tell_where(address: str, words: list[str]) -> None:
    assert streets.words(address) == words


def test_a_slip_of_a_vowel_or_a_double_letter_is_the_same_word() -> None:
    one, other = "7 rue Voltaire", "7, RUE VOLLTERE"
    assert streets.hashed(one) == streets.hashed(other)
    assert streets.hashed(one) != streets.hashed("9 rue Voltaire")


def test_the_hashes_are_keyed_and_fit_a_column() -> None:
    hashes = streets.hashed("12 rue des Lilas\n95100 Argenteuil")
    assert len(hashes) == 2
    assert all(-(2**63) <= each < 2**63 for each in hashes)
