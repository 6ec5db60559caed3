"""The seals told outside the database: one line of JSON a seal, added to a file, never rewritten.

Copied to another machine (`docs/operations.md`), the file shows what an administrator of this
database could hide: seals cut, or made again over changed events.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connections

from .models import Seal
from .seals import ALIAS, START


class Diverged(Exception):
    """The seals of the database do not continue those of the file: verify the journal."""


@dataclass(frozen=True)
class Line:
    """A seal as the file tells it; the digests are hexadecimal."""

    number: int
    first: int
    last: int
    count: int
    form: int
    digest: str
    previous: str
    sealed_at: str


def default_path() -> Path:
    """`SEALS_FILE` of the settings, else a file of VAR_DIR named after the server and database."""
    if settings.SEALS_FILE:
        return Path(settings.SEALS_FILE)
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT current_database() || '-' || system_identifier FROM pg_control_system()"
        )
        return Path(settings.VAR_DIR) / "seals" / f"{cursor.fetchone()[0]}.jsonl"


def export(path: Path | None = None, *, using: str = ALIAS) -> int:
    """Adds the seals that the file lacks; returns how many. Raises Diverged."""
    path = path or default_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        flock(file, LOCK_EX)
        last = _last_line(file)
        added = list(_continuing(last, lines_after(last.number if last else 0, using=using)))
        file.write("".join(f"{json.dumps(asdict(line))}\n" for line in added).encode())
        file.flush()
        os.fsync(file.fileno())
    return len(added)


def lines_after(number: int, *, using: str = ALIAS) -> list[Line]:
    """The seals that the database holds after this number, in order."""
    found = Seal.objects.using(using).filter(number__gt=number).order_by("number")
    return [_line(seal) for seal in found]


def read(path: Path) -> list[Line]:
    """The lines of a file of seals. Raises OSError."""
    with path.open("rb") as file:
        return list(_parsed(file))


def _line(seal: Seal) -> Line:
    return Line(
        number=seal.number,
        first=seal.from_position,
        last=seal.to_position,
        count=seal.count,
        form=seal.form,
        digest=bytes(seal.digest).hex(),
        previous=bytes(seal.previous).hex(),
        sealed_at=seal.sealed_at.isoformat(),
    )


def _continuing(last: Line | None, lines: Iterable[Line]) -> Iterator[Line]:
    number, digest = (last.number, last.digest) if last else (0, START.hex())
    for line in lines:
        if (line.number, line.previous) != (number + 1, digest):
            raise Diverged(f"seal {line.number}")
        yield line
        number, digest = line.number, line.digest


def _last_line(file: IO[bytes]) -> Line | None:
    """Ends a line that a power cut left half written, then reads the last whole one."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 4096))
    tail = file.read()
    if tail and not tail.endswith(b"\n"):
        file.write(b"\n")
    found = list(_parsed(tail.splitlines()))
    return found[-1] if found else None


def _parsed(lines: Iterable[bytes]) -> Iterator[Line]:
    for text in lines:
        try:
            yield Line(**json.loads(text))
        except (ValueError, TypeError):
            continue
