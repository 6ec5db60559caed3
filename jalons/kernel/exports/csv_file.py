"""CSV as French spreadsheets open it: UTF-8 with its mark, semicolons, decimal comma, ISO dates.

The first line holds the column labels and every field of the table is quoted. What the file says
of itself (filters, date, sources) comes last, after an empty line, on unquoted lines that start
with #: a program reads the table from line 1 and stops at the empty line or skips these.
CSV has no types: where codes start with a zero, offer XLSX or ODS.
"""

import csv
import io
import re
from datetime import datetime
from decimal import Decimal
from typing import BinaryIO

from .formulas import GUARD, neutral, starts
from .sheet import Cell, Sheet

_INNER_START = re.compile(r"""(?<=[,;\t\n|"])(\s*)(\S)""")


def write(sheet: Sheet, file: BinaryIO) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    table = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    table.writerow([_quoted(column.label) for column in sheet.columns])
    rows = sheet.read()
    table.writerows([_field(cell) for cell in cells] for cells in rows)
    text.write("\r\n")
    notes = csv.writer(text, delimiter=";")
    notes.writerows((f"# {label}", _quoted(value)) for label, value in sheet.facts(rows.count))
    text.flush()
    text.detach()


def _field(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _quoted(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    return str(cell)


def _quoted(text: str) -> str:
    """A text that stays neutral when the file is opened with another separator than ours."""
    return _INNER_START.sub(_guard, neutral(text))


def _guard(found: re.Match[str]) -> str:
    blanks, first = found.groups()
    return f"{blanks}{GUARD if starts(first) else ''}{first}"
