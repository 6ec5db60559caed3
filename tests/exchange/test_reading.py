"""Files that anybody may send: read when they can be, refused in French when they cannot."""

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.exchange.files.bounds import MAX_BYTES, MAX_ROWS, SECONDS, Sheet, Unreadable
from jalons.exchange.files.reading import read
from jalons.exchange.files.values import clean
from jalons.kernel.exports import csv_file, ods_file, xlsx_file
from jalons.kernel.exports.sheet import Column
from jalons.kernel.exports.sheet import Sheet as Written
from tests.databases import ROOT
from tests.exchange.harmful import BOMBS, POLYGLOTS, a_sheet_naming, a_workbook_naming
from tests.exchange.tables import csv_of, xlsx_of
from tests.sampling import Some

STARTING = 0.5
"""Seconds that a process takes to be there."""
ROWS = [["Nom*", "Ville"], ["Léa & fils", "L’Haÿ"], ["Çelik", "Œting"]]
TEXT = "\r\n".join(";".join(row) for row in ROWS)


def sheet_of(content: bytes, name: str = "liste.csv") -> list[list[str]]:
    sheet = read(content, name)
    return [sheet.headers, *sheet.rows]


def refusal(content: bytes, name: str = "liste.csv") -> str:
    with pytest.raises(Unreadable) as refused:
        read(content, name)
    return str(refused.value)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode("cp1252"),
        TEXT.replace("\r\n", "\n").encode(),
        f"sep=;\r\n{TEXT}\r\n".encode(),
        f"\r\n\r\n{TEXT}\r\n;\r\n\r\n".encode(),
    ],
    ids=["utf8", "bom", "cp1252", "comma", "tab", "lf", "sep", "blank lines"],
)
def test_text_in_every_wrapping(content: bytes) -> None:
    assert sheet_of(content) == ROWS


def test_quotes_hold_delimiters_and_line_breaks() -> None:
    content = b'Nom;Note\r\n"A ; B";"deux\r\nlignes"\r\n"dit ""le fil""";x'
    rows = [["A ; B", "deux\r\nlignes"], ['dit "le fil"', "x"]]
    assert sheet_of(content) == [["Nom", "Note"], *rows]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"])).map("x{}".format)


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_is_written_is_read(rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    if max(";,\t", key=text.getvalue().splitlines()[0].count) == ";":
        assert sheet_of(text.getvalue().encode()) == rows


def test_a_workbook_gives_what_a_text_would() -> None:
    content = xlsx_of(["Code", "SIRET", "Note"], [1000, 73282932000074, "=1+1"], [], [None, 2.5])
    expected = [["Code", "SIRET", "Note"], ["1000", "73282932000074"], ["", "2.5"]]
    assert sheet_of(content, "liste.xlsx") == expected


def test_a_workbook_of_the_other_office() -> None:
    columns = [Column("name", "Nom*"), Column("city", "Ville")]
    rows = [dict(zip(("name", "city"), row, strict=True)) for row in ROWS[1:]]
    content = io.BytesIO()
    ods_file.write(Written("liste", "Liste", columns, rows), content)
    assert sheet_of(content.getvalue(), "liste.ods") == ROWS


@pytest.mark.parametrize("content", [b"", b" \r\n \n", b"\xef\xbb\xbf", b";;;\n;;\n"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "vide" in refusal(content)


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode() + "é".encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode() + b"\x81\x8d\xff",
        b"a;b\0",
    ],
)
def test_another_encoding_is_refused(content: bytes) -> None:
    assert "UTF-8" in refusal(content)


def test_an_open_quote_is_said_with_its_line() -> None:
    assert "guillemet" in refusal(b'Nom;Ville\nA;B\n"C;D\nE;F\n')
    assert "guillemet" in refusal(b'Nom;Ville\n"' + b"x" * 200_000)


def test_what_is_named_for_another_kind_is_refused() -> None:
    book = xlsx_of(["Nom"], ["A"])
    assert "CSV" in refusal(book, "liste.csv")
    assert "classeur" in refusal(TEXT.encode(), "liste.xlsx")
    assert "classeur" in refusal(book, "liste.ods")
    assert "CSV" in refusal(book, "liste.pdf")
    assert "CSV" in refusal(b"%PDF-1.7 ;", "liste.csv")


def test_too_much_is_refused() -> None:
    assert "Mo" in refusal(b"x" * (MAX_BYTES + 1))
    assert "lignes" in refusal(b"Nom;Ville\n" + b"a;b\n" * (MAX_ROWS + 1))
    assert "lignes" in refusal(b"Nom" + b"\n" * 2_000_000)
    assert "trop" in refusal(b";" * 1_000_000 + b"x")
    assert len(sheet_of(b"Nom;Ville\n" + b"a;b\n" * MAX_ROWS)) == MAX_ROWS + 1


@pytest.mark.parametrize("name", [*BOMBS, *POLYGLOTS])
def test_what_would_harm_is_refused_at_once(
    name: str, tmp_path: Path, some: Some, full_size: bool
) -> None:
    """Row 18: refused in less than 2 s and 300 MB, the reader and its process each."""
    if not some(name, 3):
        pytest.skip("with --long")
    file = tmp_path / name
    file.write_bytes((BOMBS | POLYGLOTS)[name]())
    assert file.stat().st_size < MAX_BYTES
    command = [sys.executable, "-m", "tests.exchange.refused", str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, busy, own, children = map(float, done.stdout.split())
    assert busy < SECONDS + STARTING
    assert own < 300
    assert children < 300
    if full_size:
        assert seconds < 2


ENTITIES = {
    "file": '<!ENTITY out SYSTEM "{uri}">',
    "public": '<!ENTITY out PUBLIC "-//zq//zq" "{uri}">',
    "parameter": '<!ENTITY % all SYSTEM "{uri}"> %all; <!ENTITY out "%all;">',
    "relative": '<!ENTITY out SYSTEM "../../../../../../../../{path}">',
}


@pytest.mark.parametrize(
    ("make", "name"), [(a_workbook_naming, "x.xlsx"), (a_sheet_naming, "x.ods")]
)
@pytest.mark.parametrize("kind", ENTITIES)
def test_an_entity_is_never_resolved(
    make: Callable[[str], bytes], name: str, kind: str, tmp_path: Path
) -> None:
    """A file of the machine named in a workbook does not come out of it."""
    secret = tmp_path / "secret"
    secret.write_text("zqsecret")
    content = make(ENTITIES[kind].format(uri=secret.as_uri(), path=str(secret).lstrip("/")))
    try:
        found = read(content, name)
    except Unreadable:
        return
    assert "zqsecret" not in str(found)


FORMULAS = ["=1+1", "@SUM(A1)", "+1", "-2+3", "=cmd|' /C calc'!A1", "\t=1+1"]


def test_formulas_that_come_in_are_neutral_when_they_leave() -> None:
    """Read as texts, kept as they are, written so that no spreadsheet computes them."""
    came = read(csv_of(*({"Nom": formula, "Ville": "A"} for formula in FORMULAS)), "liste.csv")
    values = [clean(row[0]) for row in came.rows]
    assert values == [formula.strip() for formula in FORMULAS]
    rows = [{"name": each} for each in values]
    sheet = Written("liste", "Liste", [Column("name", "Nom")], rows)
    for module, name in ((csv_file, "l.csv"), (ods_file, "l.ods"), (xlsx_file, "l.xlsx")):
        content = io.BytesIO()
        module.write(sheet, content)
        cells = [cell for row in read(content.getvalue(), name).rows for cell in row]
        assert [f"'{each}" for each in values] == [cell for cell in cells if cell[:1] == "'"], name
        assert not set(values) & set(cells), name


def test_a_formula_stays_a_text() -> None:
    sheet = read(csv_of({"Nom": "=1+1", "Ville": "@SUM(A1)"}), "liste.csv")
    assert sheet == Sheet(["Nom", "Ville"], [["=1+1", "@SUM(A1)"]], 2)


def test_a_damaged_workbook_is_refused() -> None:
    whole = xlsx_of(["Nom"], ["A"])
    assert "classeur" in refusal(whole[: len(whole) // 2], "liste.xlsx")
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert "classeur" in refusal(content.getvalue(), "liste.xlsx")
