"""A name being typed finds its commune or its occupation, on the full lists."""

import random
import time
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from jalons.nomenclature import files
from jalons.nomenclature.queries import commune, search_communes, search_rome
from jalons.nomenclature.search import SMALL_WORDS

pytestmark = pytest.mark.django_db


@cache
def names() -> list[tuple[str, str]]:
    return [(row["code"], row["name"]) for row in files.communes()]


def found(text: str, limit: int = 10) -> list[str]:
    return [row.name for row in search_communes(text, limit)]


@pytest.mark.parametrize(
    "typed",
    [
        "saint ouen l'aumône",
        "Saint-Ouen-l’Aumône",
        "SAINT OUEN L AUMONE",
        "saint ouen aumone",
        "st-ouen-l'aum",
        "st ouen aum",
        "ouen aumone",
        "aumone",
        "aumone saint",
        "saintouenl",
        "95310",
        "9531",
        "95310 saint",
        "st ouen 953",
        "  saint   ouen_l'aumone%  ",
    ],
)
def test_ways_of_typing_one_name(typed: str) -> None:
    assert "Saint-Ouen-l’Aumône" in found(typed)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ajac", "Ajac"),
        ("ajacc", "Ajaccio"),
        ("belf", "Belfort"),
        ("mans", "Le Mans"),
        ("le mans", "Le Mans"),
        ("rochelle", "La Rochelle"),
        ("l hay", "L’Haÿ-les-Roses"),
        ("l'haÿ les roses", "L’Haÿ-les-Roses"),
        ("y", "Y"),
        ("75015", "Paris"),
        ("paris 15", "Paris 15e Arrondissement"),
        ("pontoise", "Pontoise"),
        ("st denis", "Saint-Denis"),
        ("st", "Strasbourg"),
        ("pierre benite", "Oullins-Pierre-Bénite"),
        ("octeville", "Octeville-sur-Mer"),
        ("cherbourg octeville", "Cherbourg-en-Cotentin"),
    ],
)
def test_what_comes_first(typed: str, first: str) -> None:
    assert found(typed)[0] == first


def test_the_shorter_of_two_names_does_not_hide_the_larger_town() -> None:
    assert found("ajac") == ["Ajac", "Ajaccio"]


def test_the_largest_come_first_among_those_that_begin_so() -> None:
    populations = [row.population for row in search_communes("villen", 8)]
    assert populations == sorted(populations, reverse=True)


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_", "'", "xyzzy", "saint xyzzy", "s" * 300, "\x00"]
)
def test_what_finds_nothing(typed: str) -> None:
    assert found(typed) == []


def test_a_single_letter_means_itself() -> None:
    assert found("y") == ["Y"]
    assert "Hitiaa O Te Ra" in found("o")
    assert "Orléans" not in found("o", 100)


def test_never_more_than_asked() -> None:
    assert len(found("saint", 7)) == 7


def test_nobody_twice() -> None:
    rows = search_communes("la roche", 50)
    assert len({row.code for row in rows}) == len(rows)


def test_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        search_communes("st ouen")


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def without_small_words(text: str) -> str:
    words = text.replace("’", " ").replace("-", " ").split()
    kept = [word for word in words if without_accents(word).lower() not in SMALL_WORDS]
    return " ".join(kept or words)


MANNERS: list[Callable[[str], str]] = [
    str,
    str.upper,
    str.lower,
    without_accents,
    without_small_words,
    lambda name: name.replace("-", " "),
    lambda name: name.replace("-", "  ").replace("’", "' "),
    lambda name: name.replace("-", "").replace("’", "").replace(" ", ""),
    lambda name: name.replace("Saint-", "st ").replace("Sainte-", "STE-"),
    lambda name: f"{name} ",
]


@settings(max_examples=120, deadline=None)
@given(st.integers(0, 35_013), st.sampled_from(MANNERS))
def test_any_commune_is_found_however_it_is_typed(rank: int, manner: Callable[[str], str]) -> None:
    code, name = names()[rank]
    assert code in {row.code for row in search_communes(manner(name), 60)}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30))
def test_nothing_that_is_typed_breaks_the_search(text: str) -> None:
    assert len(search_communes(text)) <= 10
    assert len(search_rome(text)) <= 10


def test_a_commune_by_its_code() -> None:
    found = commune("90010")
    assert found is not None
    assert found.name == "Belfort"
    assert commune("00000") is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("pontier", "N1104"),
        ("pontière", "N1104"),
        ("N1104", "N1104"),
        ("n110", "N1104"),
        ("assistante maternelle", "K1310"),
        ("secretair mairie", "K1406"),
        ("mairie", "K1406"),
    ],
)
def test_occupations(typed: str, code: str) -> None:
    assert code in {row.code for row in search_rome(typed)}


def test_the_label_that_begins_so_comes_first() -> None:
    assert search_rome("secrétaire")[0].label == "Secrétaire"


def test_search_while_typing_stays_fast(full_size: bool) -> None:
    """`bench nomenclature` gives the figure; the limit binds with --long, on a quiet machine."""
    draw = random.Random(20261123)
    times = []
    for _, name in draw.sample(names(), 100):
        start = time.perf_counter()
        search_communes(name[: draw.randint(2, 12)])
        times.append(time.perf_counter() - start)
    assert sorted(times)[94] < (0.020 if full_size else 0.200)
