import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.kernel.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("SAINT-OUEN-L'AUMÔNE", "saint ouen l aumone"),
        ("  Œuvre  d’Ærø ", "oeuvre d aero"),
        ("Fouquières-lès-Lens", "fouquieres les lens"),
        ("e\u0301te\u0301", "ete"),
        ("Straße", "strasse"),
        ("Łódź İstanbul ılıca", "lodz istanbul ilica"),
        ("100 % d’aide…", "100 d aide"),
        ("Ольга", "ольга"),
        ("", ""),
        ("-_%", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_only_letters_digits_and_single_spaces_remain(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(sign.isalnum() or sign == " " for sign in folded)


@given(st.text(alphabet="abcdeé'’- "))
def test_case_never_counts(text: str) -> None:
    assert fold(text.upper()) == fold(text)
