"""XLSX (ECMA-376, SpreadsheetML), streamed into its archive: no tree, no file of its own on disk.

Written here rather than by a library: openpyxl's write-only mode is three times slower and keeps
each sheet in a named temporary file, which a failed export leaves behind, names in clear.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

from .formulas import neutral
from .sheet import Cell, Column, Kind, Sheet
from .spreadsheet import NOTES, ROWS, XML, tab_name

CHARACTERS = 32_767
"""Excel's limit for a cell, in UTF-16 units."""

_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900: earlier dates would be read a day off."""
_DAY_ZERO = date(1899, 12, 30)
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

_BOLD, _DATE, _MOMENT = 1, 2, 3
_SCHEMAS = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SCHEMAS}/spreadsheetml/2006/main"'
_RELATIONS = f"{_SCHEMAS}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PARTS = {
    "[Content_Types].xml": (
        f'{XML}<Types xmlns="{_SCHEMAS}/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{XML}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{XML}<Relationships xmlns="{_SCHEMAS}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet2.xml"/>'
        f'<Relationship Id="rId3" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/styles.xml": (
        f'{XML}<styleSheet {_MAIN}><numFmts count="2">'
        '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
        '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
        '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        "</cellXfs>"
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    ),
}
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
_END = "</sheetData></worksheet>"


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Raises TooManyRows beyond `ROWS`."""
    rows = sheet.read(limit=ROWS)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        archive.writestr("xl/workbook.xml", _workbook(tab_name(sheet.title)))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as page:
            for part in _table(sheet.columns, rows):
                page.write(part.encode())
        notes = "".join(_row(map(_string, pair)) for pair in sheet.facts(rows.count))
        archive.writestr("xl/worksheets/sheet2.xml", f"{_start([40, 60])}{notes}{_END}")


def _workbook(name: str) -> str:
    return (
        f'{XML}<workbook {_MAIN} xmlns:r="{_RELATIONS}"><bookViews><workbookView/></bookViews>'
        f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/>'
        f'<sheet name="{NOTES}" sheetId="2" r:id="rId2"/></sheets></workbook>'
    )


def _table(columns: Sequence[Column], rows: Iterable[list[Cell]]) -> Iterator[str]:
    yield _start([28 if column.kind is Kind.TEXT else 16 for column in columns], _FROZEN)
    yield _row(_string(column.label, _BOLD) for column in columns)
    for cells in rows:
        yield _row(map(_cell, cells))
    yield _END


def _start(widths: Sequence[int], views: str = "") -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, width in enumerate(widths, start=1)
    )
    return f"{XML}<worksheet {_MAIN}>{views}<cols>{columns}</cols><sheetData>"


def _row(cells: Iterable[str]) -> str:
    return f"<row>{''.join(cells)}</row>"


def _cell(value: Cell) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, date):
        return _dated(value)
    return f"<c><v>{value}</v></c>"


def _dated(value: date) -> str:
    day, moment = (value.date(), value) if isinstance(value, datetime) else (value, None)
    if day < _FIRST_DAY:
        return _string(value.isoformat())
    serial: float = (day - _DAY_ZERO).days
    if moment is None:
        return f'<c s="{_DATE}"><v>{serial}</v></c>'
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return f'<c s="{_MOMENT}"><v>{serial + seconds / 86400}</v></c>'


def _string(value: str, style: int = 0) -> str:
    text = escape(text_of(value))
    return f'<c t="inlineStr" s="{style}"><is><t xml:space="preserve">{text}</t></is></c>'


def text_of(value: str) -> str:
    """The text neutral, short enough, and « _x0041_ » escaped, or it would be read as « A »."""
    text = _ESCAPE.sub("_x005F_", neutral(value))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CHARACTERS:
        return text
    return units[: 2 * (CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"
