"""XLSX and ODS: looked at from outside, then read by a process of its own, bounded by the system.

The reader never resolves an entity nor computes a formula: it takes the values that were saved.
"""

import io
import json
import subprocess
import sys
from zipfile import BadZipFile, ZipFile, ZipInfo

from .bounds import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    SECONDS,
    TOO_MANY_ROWS,
    TOO_MUCH,
    WORTH_LOOKING,
    Unreadable,
)

MARKS = {".xlsx": "xl/workbook.xml", ".ods": "content.xml"}
"""The part without which a file is no spreadsheet of this kind."""
DAMAGED = "Ce classeur ne s’ouvre pas. Ouvrez-le dans un tableur, enregistrez-le, puis renvoyez-le."
_MESSAGES = {"rows": TOO_MANY_ROWS, "much": TOO_MUCH}


def table(content: bytes, suffix: str) -> list[list[str]]:
    """The rows of the first sheet that are not blank, header included. Raises Unreadable."""
    _look(content, suffix)
    command = [sys.executable, "-I", "-c", _START, *sys.path]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, check=False, timeout=5 * SECONDS
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(TOO_MUCH) from None
    if done.returncode < 0:
        raise Unreadable(TOO_MUCH)
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise Unreadable(DAMAGED) from None
    if isinstance(found, str):
        raise Unreadable(_MESSAGES.get(found, DAMAGED))
    return list(found)


_START = (
    "import sys; sys.path[:] = sys.argv[1:];"
    "from jalons.exchange.files.sheet_process import main; main()"
)


def _look(content: bytes, suffix: str) -> None:
    """The archive's own list: a bomb says its size there, or meets the bounds of the process."""
    try:
        parts = ZipFile(io.BytesIO(content)).infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(DAMAGED) from None
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(TOO_MUCH)
    if any(_swells(part) for part in parts):
        raise Unreadable(TOO_MUCH)
    if MARKS[suffix] not in {part.filename for part in parts}:
        raise Unreadable(
            f"Ce fichier n’est pas un classeur {suffix[1:].upper()}. Ouvrez-le dans un tableur et"
            " enregistrez-le au format XLSX, ODS ou CSV."
        )


def _swells(part: ZipInfo) -> bool:
    return part.file_size > max(WORTH_LOOKING, MAX_RATIO * part.compress_size)
