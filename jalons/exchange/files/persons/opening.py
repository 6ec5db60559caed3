"""A file of persons read as it comes: never whole in memory."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import PurePath
from typing import BinaryIO

from jalons.access.actor import Actor

from .. import delimited
from ..bounds import (
    EMPTY,
    MAX_COLUMNS,
    MAX_PERSONS,
    MAX_PERSONS_BYTES,
    TOO_MANY_PERSONS,
    TOO_MUCH,
    Unreadable,
)
from ..reading import TEXTS, check_text, read
from .formats import Table

CHUNK = 1_000_000
HEAD = 100_000
"""Characters in which the delimiter is looked for."""


def opened(file: BinaryIO, name: str, actor: Actor) -> Table:
    """Raises Unreadable, at once or while the rows are read."""
    del actor
    if PurePath(name).suffix.lower() not in TEXTS:
        sheet = read(file.read(), name)
        return Table(sheet.headers, iter(sheet.rows))
    if file.seek(0, io.SEEK_END) > MAX_PERSONS_BYTES:
        million = MAX_PERSONS_BYTES // 1_000_000
        raise Unreadable(f"Le fichier dépasse {million} Mo. Partagez-le en plusieurs fichiers.")
    file.seek(0)
    check_text(file.read(8), name)
    rows = _rows(file, _encoding(file))
    headers = next(rows, [])
    if not any(header.strip() for header in headers):
        raise Unreadable(EMPTY)
    return Table(headers, _bounded(rows))


def _encoding(file: BinaryIO) -> str:
    """UTF-8 with or without BOM, else windows-1252, as `delimited.decoded` tells of a text."""
    decoder, strange = codecs.getincrementaldecoder("utf-8-sig")(), False
    try:
        for chunk in _chunks(file):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        strange = True
    if not strange:
        return "utf-8-sig"
    for chunk in _chunks(file):
        delimited.western(chunk)
    return "cp1252"


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while chunk := file.read(CHUNK):
        if b"\0" in chunk:
            raise Unreadable(delimited.ENCODING)
        yield chunk


def _rows(file: BinaryIO, encoding: str) -> Iterator[list[str]]:
    """The rows that are not blank, until what an export of ours writes below its table."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding, newline="")
    head = text.read(HEAD)
    delimiter, skipped = delimited.delimiter(head)
    text.seek(0)
    try:
        lines: Iterable[str] = chain(text, ["\n", delimited.END])
        reader = csv.reader(lines, delimiter=delimiter)
        last: list[str] = []
        noted = False
        for number, row in enumerate(reader):
            last = row
            noted = noted or bool(row and row[0] == delimited.NOTES)
            if noted or (skipped and number == 0) or not any(cell.strip() for cell in row):
                continue
            if row != [delimited.END]:
                yield row
        if last != [delimited.END]:
            raise Unreadable(delimited.open_quote(reader.line_num - 1))
    except csv.Error:
        raise Unreadable(delimited.open_quote(reader.line_num)) from None
    finally:
        with suppress(ValueError):  # the file may be closed before the last row is read
            text.detach()


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for number, row in enumerate(rows, 1):
        if len(row) > MAX_COLUMNS:
            raise Unreadable(TOO_MUCH)
        if number > MAX_PERSONS:
            raise Unreadable(TOO_MANY_PERSONS)
        yield row
