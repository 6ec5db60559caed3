"""The rows of a file, a thousand at a time: as they came, then as they were read."""

import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from .formats import Saying

SIZE = 1000
"""Rows of a block."""
Rows = list[list[str]]


@dataclass
class Read:
    """One row once read; without a saying, it is rejected. A remark: [column, kind, why]."""

    number: int
    saying: Saying | None
    errors: list[list[str]] = field(default_factory=list)
    warnings: list[list[str]] = field(default_factory=list)

    def packed(self) -> list[Any]:
        said = self.saying
        told = [said.values, said.postal_code, said.key] if said else None
        return [self.number, told, self.errors, self.warnings]

    @classmethod
    def of(cls, packed: list[Any]) -> "Read":
        number, told, errors, warnings = packed
        return cls(number, Saying(number, *told) if told else None, errors, warnings)


class Blocks(Protocol):
    """Where the blocks are kept, by position from 0."""

    @property
    def headers(self) -> list[str]: ...
    def positions(self) -> range: ...
    def raw(self, position: int) -> Rows: ...
    def keep(self, position: int, rows: list[Read]) -> None: ...
    def read(self, position: int) -> list[Read]: ...


def in_blocks(rows: Iterable[list[str]]) -> Iterator[Rows]:
    block: Rows = []
    for row in rows:
        block.append(row)
        if len(block) == SIZE:
            yield block
            block = []
    if block:
        yield block


def pack(value: Any) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode(), level=1)


def unpack(packed: bytes) -> Any:
    return json.loads(zlib.decompress(packed))


class MemoryBlocks:
    """Compressed in memory, for the command line: nothing is written anywhere."""

    def __init__(self, headers: list[str], rows: Iterable[list[str]]) -> None:
        self.headers = headers
        self._raw = [pack(block) for block in in_blocks(rows)]
        self._read: dict[int, bytes] = {}

    def positions(self) -> range:
        return range(len(self._raw))

    def raw(self, position: int) -> Rows:
        found: Rows = unpack(self._raw[position])
        return found

    def keep(self, position: int, rows: list[Read]) -> None:
        self._read[position] = pack([row.packed() for row in rows])

    def read(self, position: int) -> list[Read]:
        return [Read.of(row) for row in unpack(self._read[position])]
