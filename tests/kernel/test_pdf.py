"""Tagged PDF: accessible, dated, faithful to any text, and closed to what a person types."""

import io
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from jalons.kernel import clock, pdf

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
COLUMNS = [
    {"label": "Nom", "number": False, "narrow": False},
    {"label": "Jours", "number": True, "narrow": True},
]


def table(rows: list[list[str]], title: str = "Ma file active") -> bytes:
    about = [["Filtre : Échéance", "en retard"]]
    data = {"title": title, "territory": "SPIE du Pays d’Orbelle"}
    with clock.travel(NOW):
        return pdf.render(
            "kernel/table.typ", {**data, "about": about, "columns": COLUMNS, "rows": rows}
        )


def text_of(content: bytes) -> str:
    pages = PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.split())


@pytest.fixture(scope="module")
def long_list() -> Any:
    """A PdfReader, whose objects are read as plain dictionaries."""
    return PdfReader(io.BytesIO(table([[f"Personne {number}", "3"] for number in range(100)])))


def tags(node: Any) -> Iterator[str]:
    """The structure tree, depth first, as tag names."""
    element = node.get_object()
    if isinstance(element, ArrayObject):
        for child in element:
            yield from tags(child)
    elif isinstance(element, DictionaryObject):
        if "/S" in element:
            yield str(element["/S"])
        if "/K" in element:
            yield from tags(element["/K"])


def test_it_declares_itself_tagged_and_accessible(long_list: Any) -> None:
    root = long_list.root_object
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] in ("fr", "fr-FR")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_it_has_a_title_and_the_clocks_date(long_list: Any) -> None:
    assert long_list.metadata is not None
    assert long_list.metadata.title == "Ma file active"
    assert long_list.metadata.creation_date == NOW


def test_the_structure_is_a_heading_and_one_table(long_list: Any) -> None:
    found = list(tags(long_list.root_object["/StructTreeRoot"]["/K"]))
    assert found.count("/H1") == 1
    assert found.count("/Table") == 1
    assert found.count("/TH") == 2
    assert found.count("/TD") == 200


def test_the_header_row_comes_back_on_each_page(long_list: Any) -> None:
    assert len(long_list.pages) > 1
    for page in long_list.pages:
        assert "Jours" in page.extract_text()


def test_each_page_says_territory_date_and_number(long_list: Any) -> None:
    count = len(long_list.pages)
    for number, page in enumerate(long_list.pages, start=1):
        text = " ".join(page.extract_text().split())
        assert "SPIE du Pays d’Orbelle" in text
        assert "Édité le lundi 23 novembre 2026 à 9 h 30" in text
        assert f"Page {number} sur {count}" in text


def test_every_font_is_embedded_public_sans(long_list: Any) -> None:
    fonts = long_list.pages[0]["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert names
    assert all("PublicSans" in name for name in names)


def test_french_text_is_extractable() -> None:
    text = text_of(table([["Aït Saïd, né à Nîmes « l’été » : cœur, 12 €", "−3,5"]]))
    assert "Aït Saïd, né à Nîmes « l’été » : cœur, 12 €" in text
    assert "−3,5" in text


@pytest.mark.parametrize(
    "typed", ['#read("/config/settings.py")', "$ x^2 $", "= Title", "*bold*", "@ref", "<label>"]
)
def test_nothing_typed_is_interpreted(typed: str) -> None:
    assert typed in text_of(table([[typed, ""]], title=typed))


@settings(deadline=None)
@example("عمر 😀 \u0301\u0489 中文 \x07\x00\ud800 \u202e\u00ad")
@example("\u064e\u0638\u0352\u0323\u0349\u035c\u05db\u064c")
@given(st.text(max_size=60))
def test_any_text_makes_a_document(text: str) -> None:
    assert table([[text, text]], title=f"Liste {text}").startswith(b"%PDF")


@given(st.text(alphabet=st.characters(max_codepoint=0x17F, exclude_categories=["C"])))
def test_latin_text_is_kept(text: str) -> None:
    assert pdf.drawable(text.replace("\ufffd", "")) == text


def test_characters_without_a_glyph_are_shown_as_missing() -> None:
    assert pdf.drawable({"a": ["Li 李明", 3, None]}) == {"a": ["Li \ufffd", 3, None]}


def test_decomposed_accents_are_composed() -> None:
    assert pdf.drawable("Aure\u0301lie") == "Aurélie"


def test_every_declared_character_can_be_drawn() -> None:
    drawn = [chr(code) for code in range(0x20, 0x3000) if pdf.drawable(chr(code)) == chr(code)]
    assert len(drawn) > 1_000
    lines = ["".join(drawn[start : start + 40]) for start in range(0, len(drawn), 40)]
    assert table([[line, ""] for line in lines])


def test_a_mistake_in_a_template_names_it() -> None:
    with pytest.raises(pdf.PdfError, match=r"table\.typ"):
        pdf.render("kernel/table.typ", {"title": "T", "territory": ""})


def test_an_unknown_room_or_template() -> None:
    with pytest.raises(LookupError):
        pdf.render("nowhere/table.typ", {})
    with pytest.raises(pdf.PdfError):
        pdf.render("desk/none.typ", {"title": "T"})


def test_a_panic_of_the_engine_is_an_ordinary_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        """Named as the engine's, which cannot be imported."""

    def panic(*_args: object, **_named: object) -> None:
        raise PanicException

    monkeypatch.setattr(typst, "compile_with_warnings", panic)
    with pytest.raises(pdf.PdfError):
        table([])


def test_an_interruption_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(typst, "compile_with_warnings", interrupt)
    with pytest.raises(KeyboardInterrupt):
        table([])


def test_a_page_of_20_rows_is_quick(full_size: bool) -> None:
    rows = [["Magali Rousseau", "3"]] * 20
    table(rows)
    start = time.perf_counter()
    for number in range(20):
        table([*rows, [str(number), ""]])
    if full_size:
        assert (time.perf_counter() - start) / 20 < 0.05
