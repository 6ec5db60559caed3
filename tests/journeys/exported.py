"""A list on screen, and the same list in the files it is exported to."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl import load_workbook
from playwright.sync_api import Page as Window
from pypdf import PdfReader

from jalons.kernel import french_dates

ROW = """rows => rows.map(row => {
  const [name, born, referent] = row.cells;
  const place = name.querySelector('.sub').innerText.split(' · ')[1] ?? '';
  return [name.querySelector('a').innerText, born.innerText, place, referent.innerText];
})"""
WITHOUT_REFERENT = "Sans référent"


@dataclass(frozen=True)
class File:
    """The lines as the screen writes them, and all that the file says of itself."""

    lines: list[list[str]]
    notes: str


def shown(window: Window) -> list[list[str]]:
    """The lines of the page of the list that is on screen: name, birth, commune, référent."""
    rows: list[list[str]] = window.locator("main table tbody tr").evaluate_all(ROW)
    return [[_plain(cell) for cell in row] for row in rows]


def _plain(text: str) -> str:
    return " ".join(text.split())


def read_csv(content: bytes) -> File:
    table, notes = content.decode("utf-8-sig").split("\r\n\r\n", 1)
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))[1:]
    lines = [_as_shown(name, _date(born), place, referent) for name, born, place, referent in rows]
    return File(lines, notes)


def read_xlsx(content: bytes) -> File:
    book = load_workbook(io.BytesIO(content))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    header = next(number for number, row in enumerate(rows) if row[0] == "Personne")
    lines = [
        _as_shown(str(row[0]), _day(row[1]), str(row[2] or ""), str(row[3] or ""))
        for row in rows[header + 1 :]
        if row[0]
    ]
    notes = " ".join(
        str(cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell
    )
    return File(lines, notes)


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(cell: object) -> date | None:
    return cell.date() if isinstance(cell, datetime) else None


def _as_shown(name: str, born: date | None, place: str, referent: str) -> list[str]:
    day = french_dates.short(born) if born else ""
    return [_plain(cell) for cell in (name, day, place, referent or WITHOUT_REFERENT)]


def read_pdf(content: bytes) -> File:
    """What is printed, without its lines."""
    pages = PdfReader(io.BytesIO(content)).pages
    return File([], _plain(" ".join(page.extract_text() for page in pages)))


READERS = {"CSV": read_csv, "XLSX": read_xlsx, "PDF": read_pdf}
