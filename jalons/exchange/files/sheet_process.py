"""The process that opens a spreadsheet: limited in memory and time, it can only fail alone.

It reads the file on its input and answers with JSON: a list of rows of texts, or a word that says
what was too much. Nothing of Django is imported here.
"""

import datetime
import io
import json
import resource
import sys
from collections.abc import Iterable, Iterator

from .bounds import MAX_COLUMNS, MAX_ROWS, MAX_TEXT, MEMORY, SECONDS

Moment = datetime.date | datetime.time | datetime.datetime | datetime.timedelta
Cell = int | float | str | bool | Moment


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = json.dumps(_rows(sys.stdin.buffer.read()))
    except _Beyond as beyond:
        answer = json.dumps(beyond.args[0])
    except MemoryError:
        answer = '"much"'
    sys.stdout.write(answer)


class _Beyond(Exception):
    """rows, or much."""


def _rows(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = (
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    )
    name = next(shown, book.sheet_names[0])
    return list(_bounded(book.get_sheet_by_name(name).iter_rows()))


def _bounded(rows: Iterable[list[Cell]]) -> Iterator[list[str]]:
    kept = text = 0
    for row in rows:
        cells = [written(cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        kept += 1
        text += sum(map(len, cells))
        if kept > MAX_ROWS + 1:
            raise _Beyond("rows")
        if text > MAX_TEXT or len(cells) > MAX_COLUMNS:
            raise _Beyond("much")
        yield cells


def written(cell: Cell) -> str:
    """A typed cell as a CSV file would have it: ISO dates, whole numbers without point."""
    if isinstance(cell, bool):
        return "Oui" if cell else "Non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
