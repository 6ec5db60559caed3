"""Delimited text: `;`, comma or tab; UTF-8 with or without BOM, else windows-1252."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain

from .bounds import EMPTY, MAX_COLUMNS, MAX_LINES, MAX_ROWS, TOO_MANY_ROWS, TOO_MUCH, Unreadable

DELIMITERS = ";,\t"
ENCODING = "L’encodage du fichier n’est pas reconnu. Enregistrez-le en CSV UTF-8, puis renvoyez-le."
END = "\x02"
"""A line of our own after the last: a quote left open would swallow it."""
NOTES = "# Titre"
"""Where a file that we exported stops being a table and says what it is."""


def table(content: bytes) -> list[list[str]]:
    """The rows that are not blank, header included. Raises Unreadable."""
    text = decoded(content)
    if text.count("\n") + text.count("\r") > 2 * MAX_LINES:
        raise Unreadable(TOO_MANY_ROWS)
    sign, said = delimiter(text)
    return _parsed(text.partition("\n")[2] if said else text, sign)


def decoded(content: bytes) -> str:
    """Raises Unreadable on what is no text in the encodings accepted."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in content:
        raise Unreadable(ENCODING)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return western(content)


def western(content: bytes) -> str:
    """windows-1252, unless it is UTF-8 that was cut or mixed: « Ã© » is in no French word."""
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(ENCODING) from None
    if "Ã©" in text or "Ã¨" in text or text.startswith("ï»¿"):
        raise Unreadable(ENCODING)
    return text


def delimiter(text: str) -> tuple[str, bool]:
    """The delimiter, and whether the first line only says which it is (« sep=; »).

    Else the one that the first written line has most of; `;` for a single column.
    """
    first = text.partition("\n")[0].strip()
    if first.lower() in {f"sep={sign}" for sign in DELIMITERS}:
        return first[-1], True
    line = next((line for line in text[:100_000].splitlines() if line.strip()), "")
    return max(DELIMITERS, key=line.count), False


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    lines = io.StringIO(text, newline="")
    reader = csv.reader(chain(lines, ["\n", END]), delimiter=delimiter)
    try:
        rows = list(_bounded(reader))
    except csv.Error:
        raise Unreadable(open_quote(reader.line_num)) from None
    if not rows or rows[-1] != [END]:
        raise Unreadable(open_quote(reader.line_num - 1))
    notes = (number for number, row in enumerate(rows) if row[0] == NOTES)
    table = rows[: next(notes, -1)]
    if not table:
        raise Unreadable(EMPTY)
    return table


def open_quote(line: int) -> str:
    return (
        f"Le fichier se lit mal jusqu’à la ligne {line}\u00a0: un guillemet ouvert n’y est pas"
        " fermé. Corrigez-le, puis renvoyez le fichier."
    )


def _bounded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    kept = 0
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > MAX_COLUMNS:
            raise Unreadable(TOO_MUCH)
        kept += 1
        if kept > MAX_ROWS + 2:  # the header and the line of our own
            raise Unreadable(TOO_MANY_ROWS)
        yield row
