"""A sheet as a download.

A streamed response is read after the view has returned, hence after the transaction that carries
the row-security context: its query would then find no row. So the file is written whole before the
response exists, into an unnamed temporary file (in memory while small), and only that is streamed.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from django.http import FileResponse
from django.utils import timezone

from . import csv_file, ods_file, pdf_file, xlsx_file
from .sheet import Sheet

IN_MEMORY = 1_000_000
"""Bytes beyond which the temporary file goes to disk."""


@dataclass(frozen=True)
class Format:
    suffix: str
    label: str
    content_type: str
    write: Callable[[Sheet, BinaryIO], None]


FORMATS = {
    known.suffix: known
    for known in (
        Format("csv", "CSV", "text/csv; charset=utf-8", csv_file.write),
        Format(
            "xlsx",
            "Excel (XLSX)",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx_file.write,
        ),
        Format("ods", "LibreOffice (ODS)", ods_file.MIMETYPE, ods_file.write),
        Format("pdf", "PDF", "application/pdf", pdf_file.write),
    )
}


def respond(sheet: Sheet, suffix: str) -> FileResponse:
    """The sheet as an attachment that no cache keeps, named after `sheet.name` and its date.

    Call it inside the row-security context. Raises KeyError on an unknown format, TooManyRows.
    """
    chosen = FORMATS[suffix]
    with ExitStack() as on_error:
        file = on_error.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        chosen.write(sheet, cast(BinaryIO, file))
        on_error.pop_all()
    file.seek(0)
    day = timezone.localdate(sheet.made_at).isoformat()
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{sheet.name}-{day}.{chosen.suffix}",
        content_type=chosen.content_type,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
