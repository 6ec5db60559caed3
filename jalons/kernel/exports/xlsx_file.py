"""XLSX, written row by row: the memory used does not grow with the number of rows."""

import re
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .formulas import neutral
from .sheet import Cell, Kind, Sheet

ROWS = 2**20 - 1
"""Excel's limit, but for the header row."""
CHARACTERS = 32_767
"""Excel's limit for a cell, in UTF-16 units."""

NOTES = "Filtres"

_FIRST_MONTH = (1900, 3)
"""Excel counts a 29 February 1900: earlier dates would be read a day off."""
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORBIDDEN_IN_TAB = re.compile(r"[\[\]:*?/\\']")
_FORMATS = {Kind.DATE: "dd/mm/yyyy", Kind.MOMENT: "dd/mm/yyyy hh:mm"}


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Raises TooManyRows beyond `ROWS`."""
    book = Workbook(write_only=True)
    book.properties.creator = "Jalons"
    book.properties.title = text_of(sheet.title)
    book.properties.created = book.properties.modified = timezone.make_naive(sheet.made_at)
    count = _write_table(book.create_sheet(tab_name(sheet.title)), sheet)
    notes = book.create_sheet(NOTES)
    notes.column_dimensions["A"].width = notes.column_dimensions["B"].width = 40
    for label, value in sheet.facts(count):
        notes.append([_text(notes, label), _text(notes, value)])
    book.save(file)


def _write_table(page: Any, sheet: Sheet) -> int:
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        width = 28 if column.kind is Kind.TEXT else 16
        page.column_dimensions[get_column_letter(number)].width = width
    page.append([_heading(page, column.label) for column in sheet.columns])
    count = 0
    for cells in sheet.cells(limit=ROWS):
        page.append([_cell(page, cell) for cell in cells])
        count += 1
    return count


def _heading(page: Any, label: str) -> Any:
    cell = WriteOnlyCell(page, text_of(label))
    cell.data_type = "s"
    cell.font = Font(bold=True)
    return cell


def _cell(page: Any, value: Cell) -> Any:
    if isinstance(value, str):
        return _text(page, value)
    if not isinstance(value, date):
        return value
    is_moment = isinstance(value, datetime)
    if (value.year, value.month) < _FIRST_MONTH:
        return value.isoformat()
    cell = WriteOnlyCell(page, value)
    cell.number_format = _FORMATS[Kind.MOMENT if is_moment else Kind.DATE]
    return cell


def _text(page: Any, value: str) -> Any:
    text = text_of(value)
    if not text.startswith("#"):
        return text
    # Left to itself, openpyxl writes « #N/A » and its like as errors.
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    return cell


def text_of(value: str) -> str:
    """A text as XLSX writes it: neutral, short enough, « _x0041_ » escaped or it would read « A »."""
    text = _ESCAPE.sub("_x005F_", neutral(value))
    units = text.encode("utf-16-le")
    if len(units) <= 2 * CHARACTERS:
        return text
    return units[: 2 * (CHARACTERS - 1)].decode("utf-16-le", "ignore") + "…"


def tab_name(title: str) -> str:
    """At most 31 characters, without those Excel refuses, and never that of the second sheet."""
    name = _FORBIDDEN_IN_TAB.sub(" ", neutral(title))[:31].strip()
    return name if name and name != NOTES else "Liste"
