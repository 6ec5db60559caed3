"""ODS, written row by row: the content is streamed into the archive, never held as a tree.

OpenDocument 1.3: part 2 for the archive, part 3 for `office:document-content`. Every text is a
typed string; white space is spelt out, since readers collapse it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from .formulas import neutral
from .sheet import Cell, Sheet
from .spreadsheet import NOTES, ROWS, XML, tab_name

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"

_MANIFEST = (
    f'{XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_DAY = (
    '<number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/>'
)
_TIME = (
    '<number:text> </number:text><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/>'
)
_HEAD = (
    f'{XML}<office:document-content xmlns:office="{_OASIS}:office:1.0"'
    f' xmlns:table="{_OASIS}:table:1.0" xmlns:text="{_OASIS}:text:1.0"'
    f' xmlns:style="{_OASIS}:style:1.0" xmlns:number="{_OASIS}:datastyle:1.0"'
    f' xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" office:version="1.3"><office:automatic-styles>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="5cm"/></style:style>'
    f'<number:date-style style:name="nd">{_DAY}</number:date-style>'
    f'<number:date-style style:name="nm">{_DAY}{_TIME}</number:date-style>'
    '<style:style style:name="d" style:family="table-cell" style:data-style-name="nd"/>'
    '<style:style style:name="m" style:family="table-cell" style:data-style-name="nm"/>'
    '<style:style style:name="b" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"
_SPACES = re.compile(r"^ | (?= )|(?<= ) | $")


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Raises TooManyRows beyond the number of rows that spreadsheets open."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            for part in _content(sheet):
                content.write(part.encode())


def _content(sheet: Sheet) -> Iterator[str]:
    yield _HEAD
    yield _table_start(tab_name(sheet.title), len(sheet.columns))
    yield _row((_string(column.label, "b") for column in sheet.columns), header=True)
    rows = sheet.read(limit=ROWS)
    yield from (_row(map(_cell, cells)) for cells in rows)
    yield "</table:table>"
    yield _table_start(NOTES, 2)
    yield from (_row(map(_string, pair)) for pair in sheet.facts(rows.count))
    yield f"</table:table>{_TAIL}"


def _table_start(name: str, columns: int) -> str:
    return (
        f"<table:table table:name={quoteattr(name)}>"
        f'<table:table-column table:style-name="wide" table:number-columns-repeated="{columns}"/>'
    )


def _row(cells: Iterable[str], *, header: bool = False) -> str:
    row = f"<table:table-row>{''.join(cells)}</table:table-row>"
    return f"<table:table-header-rows>{row}</table:table-header-rows>" if header else row


def _cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, datetime):
        return _dated(value.isoformat(), f"{value:%d/%m/%Y %H:%M}", "m")
    if isinstance(value, date):
        return _dated(value.isoformat(), f"{value:%d/%m/%Y}", "d")
    number = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}">'
        f"<text:p>{number.replace('.', ',')}</text:p></table:table-cell>"
    )


def _dated(value: str, shown: str, style: str) -> str:
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="date"'
        f' office:date-value="{value}"><text:p>{shown}</text:p></table:table-cell>'
    )


def _string(value: str, style: str = "") -> str:
    styled = f' table:style-name="{style}"' if style else ""
    lines = "".join(f"<text:p>{_line(line)}</text:p>" for line in neutral(value).split("\n"))
    return f'<table:table-cell{styled} office:value-type="string">{lines}</table:table-cell>'


def _line(text: str) -> str:
    return _SPACES.sub("<text:s/>", escape(text))
