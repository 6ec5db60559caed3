"""The same table as a tagged PDF, to print or to read; the figures are those of the screen."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from django.utils import timezone

from jalons.kernel import french_dates, pdf
from jalons.kernel.typography import NARROW

from .sheet import Cell, Kind, Sheet

ROWS = 1_000
"""Beyond, nobody prints, and the engine would take a second and hundreds of megabytes."""


def write(sheet: Sheet, file: BinaryIO) -> None:
    """Raises TooManyRows beyond `ROWS`."""
    rows = [[_shown(cell) for cell in cells] for cells in sheet.read(limit=ROWS)]
    data: Mapping[str, object] = {
        "title": sheet.title,
        "territory": sheet.territory,
        "about": [
            pair for pair in sheet.facts(len(rows)) if pair[0] not in ("Titre", "Territoire")
        ],
        "columns": [
            {
                "label": column.label,
                "number": column.kind.is_number,
                "narrow": column.kind is not Kind.TEXT,
            }
            for column in sheet.columns
        ],
        "rows": rows,
    }
    file.write(pdf.render("kernel/table.typ", data))


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y}\u00a0{french_dates.hour(timezone.make_aware(cell))}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, int | Decimal):
        return f"{cell:,f}".replace(",", NARROW).replace(".", ",")
    return cell
