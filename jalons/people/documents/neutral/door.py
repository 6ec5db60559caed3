"""One door for every document: its kind is read in what it holds, then another process rebuilds it.

The process is bounded by the system in memory and time: what it cannot hold kills it alone.
"""

import json
import subprocess
import sys

from .bounds import (
    DAMAGED,
    EMPTY,
    HEIC,
    MAX_BYTES,
    MESSAGES,
    OFFICE,
    SECONDS,
    TOO_LARGE,
    TOO_MUCH,
    UNKNOWN,
    Neutral,
    Unusable,
)

MARKS = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png"}
REFUSED = {b"PK": OFFICE, b"\xd0\xcf\x11\xe0": OFFICE, b"{\\rtf": OFFICE}
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_START = (
    "import sys; sys.path[:] = sys.argv[2:];"
    "from jalons.people.documents.neutral.process import main; main(sys.argv[1])"
)


def neutralise(content: bytes) -> Neutral:
    """The file rebuilt from what it shows. Raises Unusable."""
    if len(content) > MAX_BYTES:
        raise Unusable(TOO_LARGE)
    if not content.strip():
        raise Unusable(EMPTY)
    return _rebuilt(content, kind_of(content))


def kind_of(content: bytes) -> str:
    """pdf, jpeg, png or webp, by the first bytes alone. Raises Unusable."""
    for mark, kind in MARKS.items():
        if content.startswith(mark):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise Unusable(HEIC)
    for mark, message in REFUSED.items():
        if content.startswith(mark):
            raise Unusable(message)
    raise Unusable(UNKNOWN)


def _rebuilt(content: bytes, kind: str) -> Neutral:
    command = [sys.executable, "-I", "-c", _START, kind, *sys.path]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, check=False, timeout=3 * SECONDS
        )
    except subprocess.TimeoutExpired:
        raise Unusable(TOO_MUCH) from None
    if done.returncode < 0:
        raise Unusable(TOO_MUCH)
    head, _, body = done.stdout.partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError:
        raise Unusable(DAMAGED) from None
    if isinstance(said, str):
        raise Unusable(MESSAGES.get(said, DAMAGED))
    if len(body) > MAX_BYTES:
        raise Unusable(TOO_LARGE)
    return Neutral(body, said["media_type"], said["pages"])
