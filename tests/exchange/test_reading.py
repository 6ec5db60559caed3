"""Files that anybody may send: read when they can be, refused in French when they cannot."""

import csv
import io
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.exchange.files.bounds import MAX_BYTES, MAX_ROWS, Sheet, Unreadable
from jalons.exchange.files.reading import read
from jalons.kernel.exports import ods_file
from jalons.kernel.exports.sheet import Column
from jalons.kernel.exports.sheet import Sheet as Written
from tests.databases import ROOT
from tests.exchange.tables import archive_of, csv_of, with_part, xlsx_of

ROWS = [["Nom*", "Ville"], ["Léa & fils", "L’Haÿ"], ["Çelik", "Œting"]]
TEXT = "\r\n".join(";".join(row) for row in ROWS)
WORKSHEET = "xl/worksheets/sheet1.xml"


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


def a_nested_bomb() -> bytes:
    """As 42.zip: zips of zips of zeros."""
    content = b"\0" * 20_000_000
    for _ in range(3):
        content = archive_of(**{f"lib {number}.zip": content for number in range(8)})
    return content


def a_declared_bomb() -> bytes:
    return archive_of(**{"xl/workbook.xml": b"0" * 120_000_000})


def a_lying_bomb() -> bytes:
    """Says 10 bytes, gives a hundred megabytes."""
    content = bytearray(with_part(xlsx_of(["Nom"]), WORKSHEET, _zeros(150_000_000)))
    at = 0
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            if struct.unpack_from("<I", content, at + offset)[0] > 100_000_000:
                struct.pack_into("<I", content, at + offset, 10)
    return bytes(content)


def _zeros(size: int) -> bytes:
    return b"<worksheet><sheetData><row><c t='str'><v>" + b"0" * size


SHEET = b"""<?xml version="1.0"?>%s<worksheet
 xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData>
</worksheet>"""


def a_wide_bomb() -> bytes:
    """Two cells, as far from each other as a sheet allows: seventeen thousand million cells."""
    cells = (
        b'<row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (b"", cells))


def a_repeated_bomb() -> bytes:
    """An ODS of which one cell is repeated over the whole sheet."""
    cell = (
        "<office:document-content"
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="a">'
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell'
        ' table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    mark = b"application/vnd.oasis.opendocument.spreadsheet"
    return archive_of(**{"mimetype": mark, "content.xml": cell.encode()})


def a_billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    kind = f'<!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'.encode()
    cells = b'<row r="1"><c r="A1" t="str"><v>Nom&l9;</v></c></row>'
    return with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (kind, cells))


@pytest.mark.parametrize(
    ("bomb", "name"),
    [
        (a_nested_bomb, "42.xlsx"),
        (a_declared_bomb, "declared.xlsx"),
        (a_lying_bomb, "lying.xlsx"),
        (a_wide_bomb, "wide.xlsx"),
        (a_repeated_bomb, "repeated.ods"),
        (a_billion_laughs, "laughs.xlsx"),
    ],
)
def test_a_bomb_is_refused_at_once(
    bomb: Callable[[], bytes], name: str, tmp_path: Path, full_size: bool
) -> None:
    """Row 18: refused in less than 2 s and 300 MB, the reader and its process each."""
    file = tmp_path / name
    file.write_bytes(bomb())
    assert file.stat().st_size < MAX_BYTES
    command = [sys.executable, "-m", "tests.exchange.refused", str(file)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    seconds, own, children = map(float, done.stdout.split())
    assert own < 300
    assert children < 300
    if full_size:
        assert seconds < 2


def test_an_entity_is_never_resolved(tmp_path: Path) -> None:
    """A file of the machine named in a workbook does not come out of it."""
    secret = tmp_path / "secret"
    secret.write_text("zqsecret")
    kind = f'<!DOCTYPE x [<!ENTITY out SYSTEM "{secret.as_uri()}">]>'.encode()
    cells = b'<row r="1"><c r="A1" t="str"><v>Nom &out;</v></c></row>'
    content = with_part(xlsx_of(["Nom"]), WORKSHEET, SHEET % (kind, cells))
    try:
        found = read(content, "liste.xlsx")
    except Unreadable:
        return
    assert "zqsecret" not in str(found)


def test_a_workbook_that_a_text_hides_is_not_run() -> None:
    """A polyglot: whatever it is to another reader, here it is what its beginning says."""
    content = b"Nom;Ville\n=cmd|'/c calc'!A1;B\n" + xlsx_of(["Nom"])
    refused = refusal(content)
    assert "UTF-8" in refused or "guillemet" in refused


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
