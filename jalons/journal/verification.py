"""What the seals find: an event changed, removed, moved or slipped in, a seal changed or cut."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from .export import Line
from .seals import ALIAS, FORM, START, Range, digests

BATCH = 10
"""Seals hashed by one query."""
LOWEST = -(2**63)
NOTHING = sha256(START + LOWEST.to_bytes(8, "big", signed=True) + bytes(8)).hexdigest()
"""What is expected below the first position: no event."""


@dataclass(frozen=True)
class Finding:
    """`kind` is one of `KINDS`; the positions are those of the seal concerned."""

    kind: str
    seal: int
    first: int
    last: int
    detail: str = ""

    def __str__(self) -> str:
        where = f"sceau {self.seal}, positions {self.first} à {self.last}"
        return f"{where}\u00a0: {KINDS[self.kind]}{self.detail}"


KINDS = {
    "removed": "des événements manquent",
    "added": "des événements ont été glissés",
    "changed": "des événements ont été modifiés ou déplacés",
    "seal_cut": "le sceau manque dans la base",
    "seal_changed": "le sceau de la base n’est pas celui du fichier",
    "seal_unknown": "le sceau manque dans le fichier, qui en tient de plus récents",
    "chain": "le sceau ne suit pas le précédent",
    "form": "ce sceau a été écrit par une version plus récente de Jalons",
}


def verify(
    stored: Sequence[Line],
    exported: Sequence[Line] | None = None,
    progress: Callable[[int], object] = lambda events: None,
    *,
    using: str = ALIAS,
) -> Iterator[Finding]:
    """Compares the events with the seals of the file, where it has them, else of the database.

    `stored` are the database's seals, `exported` the file's, both in any order; `progress` receives
    the number of events hashed so far.
    """
    trusted = {line.number: line for line in stored}
    if exported is not None:
        yield from _compared(trusted, {line.number: line for line in exported})
        trusted |= {line.number: line for line in exported}
    lines = [trusted[number] for number in sorted(trusted)]
    yield from _chained(lines)
    yield from _batch([Line(0, LOWEST, 0, 0, FORM, NOTHING, START.hex(), "")], using)
    done = 0
    for start in range(0, len(lines), BATCH):
        batch = lines[start : start + BATCH]
        yield from _batch(batch, using)
        done += sum(line.count for line in batch)
        progress(done)


def _compared(stored: dict[int, Line], exported: dict[int, Line]) -> Iterator[Finding]:
    for number, line in exported.items():
        if number not in stored:
            yield _finding("seal_cut", line)
        elif stored[number] != line:
            yield _finding("seal_changed", line)
    newest = max(exported, default=0)
    for number, line in stored.items():
        if number < newest and number not in exported:
            yield _finding("seal_unknown", line)


def _chained(lines: Sequence[Line]) -> Iterator[Finding]:
    before = Line(0, 0, 0, 0, FORM, START.hex(), "", "")
    for previous, line in pairwise([before, *lines]):
        expected = (previous.number + 1, previous.last + 1, previous.digest)
        if (line.number, line.first, line.previous) != expected:
            yield _finding("chain", line)


def _batch(lines: Sequence[Line], using: str) -> Iterator[Finding]:
    ranges = [Range(line.first, line.last, bytes.fromhex(line.previous)) for line in lines]
    for line, (count, digest) in zip(lines, digests(ranges, using=using), strict=True):
        if line.form != FORM:
            yield _finding("form", line)
        elif count != line.count:
            kind = "removed" if count < line.count else "added"
            yield _finding(kind, line, f" ({line.count} scellés, {count} trouvés)")
        elif digest.hex() != line.digest:
            yield _finding("changed", line)


def _finding(kind: str, line: Line, detail: str = "") -> Finding:
    return Finding(kind, line.number, line.first, line.last, detail)
