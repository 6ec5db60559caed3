"""The register of erasures, a file outside the database: a line of JSON an erasure, never changed.

A backup that is restored brings back whom it held; the register says whom to forget again
(`manage replay_erasures`). A line holds a time, a territory, a person's key and a keyed digest of
the three: a line that somebody wrote without the keys erases nobody.
"""

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from uuid import UUID

from django.conf import settings

from jalons.kernel import clock, crypto

PURPOSE = "rights.erasure"


@dataclass(frozen=True)
class Line:
    at: str
    territory: int
    person: UUID

    @property
    def digest(self) -> str:
        return crypto.keyed_hash(f"{self.at} {self.territory} {self.person}", PURPOSE).hex()

    def __str__(self) -> str:
        said = {"at": self.at, "territory": self.territory, "person": str(self.person)}
        return json.dumps(said | {"digest": self.digest})


def default_path() -> Path:
    return Path(settings.ERASURES_FILE)


def write(person: UUID, territory: int, path: Path | None = None) -> None:
    """Adds a line and waits until the disk holds it. Raises OSError."""
    path = path or default_path()
    line = Line(clock.now().isoformat(), territory, person)
    fresh = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "ab+") as file:
        flock(file, LOCK_EX)
        file.write(f"{_break(file)}{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    if fresh:
        _sync_folder(path.parent)


def read(path: Path | None = None) -> Iterator[Line]:
    """The lines that the keys confirm, in order; others are passed over. Raises OSError."""
    path = path or default_path()
    with path.open("rb") as file:
        for text in file:
            try:
                said = json.loads(text)
                line = Line(said["at"], int(said["territory"]), UUID(said["person"]))
                genuine = hmac.compare_digest(line.digest, str(said["digest"]))
            except (ValueError, TypeError, KeyError, AttributeError):
                continue
            if genuine:
                yield line


def _break(file: object) -> str:
    """A line feed when a power cut left the last line half written."""
    size = file.seek(0, os.SEEK_END)  # type: ignore[attr-defined]
    if not size:
        return ""
    file.seek(size - 1)  # type: ignore[attr-defined]
    return "" if file.read(1) == b"\n" else "\n"  # type: ignore[attr-defined]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
