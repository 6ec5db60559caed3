"""What a name becomes, before any database."""

from hypothesis import given
from hypothesis import strategies as st

from jalons.kernel.text import fold
from jalons.nomenclature.search import search_text, search_words, typed_words

NAMES = st.text(alphabet="abcéèœ 'ç-’ÎST", max_size=20)


def test_words_that_find_a_commune() -> None:
    assert search_words("Saint-Ouen-l’Aumône", codes=["95310"]) == {
        "saint",
        "st",
        "ouen",
        "aumone",
        "saintouenlaumone",
        "95310",
    }


def test_small_words_find_nothing_but_the_glued_name() -> None:
    assert search_words("Le Mée-sur-Seine") == {"mee", "seine", "lemeesurseine"}


def test_each_name_is_marked_at_its_end() -> None:
    assert search_text("Évry", "Saint-M’Hervé", codes=["91000"]) == (
        " evry / saint m herve / 91000 /"
    )


def test_st_is_saint_once_another_word_follows() -> None:
    assert typed_words("St-Ouen") == ["saint", "ouen"]
    assert typed_words("Ste Marie") == ["sainte", "marie"]
    assert typed_words("st") == ["st"]


@given(NAMES)
def test_words_are_words_of_the_name(name: str) -> None:
    glued = fold(name).replace(" ", "")
    for word in search_words(name) - {"st", "ste", "sts", "stes"}:
        assert word in glued


@given(NAMES)
def test_what_is_typed_is_found_in_the_text(name: str) -> None:
    folded = fold(name)
    if folded:
        assert search_text(name) == f" {folded} /"
