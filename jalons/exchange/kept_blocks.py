"""The blocks of a file of persons, kept encrypted for its author: one is opened at a time."""

from collections.abc import Callable, Iterable
from uuid import UUID

from jalons.kernel import crypto

from .contents import SAMPLE, Erased, purpose, sample_of
from .files.persons.blocks import Read, Rows, in_blocks, pack, unpack
from .models import Import, ImportedBlock

RAW, SAID = "raw", "said"


class KeptBlocks:
    """In the author's context. Raises Erased when the file is no longer kept."""

    def __init__(self, found: Import) -> None:
        self.found = found
        self.headers = sample_of(found).headers
        self._count = ImportedBlock.objects.filter(file_import=found).count()

    def positions(self) -> range:
        return range(self._count)

    def raw(self, position: int) -> Rows:
        rows: Rows = self._opened(position, RAW)
        return rows

    def keep(self, position: int, rows: list[Read]) -> None:
        said = closed(self.found.pk, position, SAID, [row.packed() for row in rows])
        ImportedBlock.objects.filter(file_import=self.found, position=position).update(said=said)

    def read(self, position: int) -> list[Read]:
        return [Read.of(row) for row in self._opened(position, SAID)]

    def _opened(self, position: int, name: str) -> list[list[str]]:
        rows = ImportedBlock.objects.filter(file_import=self.found, position=position)
        cipher = rows.values_list(name, flat=True).first()
        if cipher is None:
            raise Erased
        opened = crypto.decrypt(bytes(cipher), block_purpose(name)(self.found.pk, position))
        found: list[list[str]] = unpack(opened)
        return found


def keep_rows(found: Import, rows: Iterable[list[str]]) -> tuple[int, Rows]:
    """Keeps the rows of a new import as they come, a block at a time; how many, and the first."""
    count, first = 0, Rows()
    for position, block in enumerate(in_blocks(rows)):
        ImportedBlock.objects.create(
            territory_id=found.territory_id,
            account_id=found.account_id,
            file_import=found,
            position=position,
            raw=closed(found.pk, position, RAW, block),
        )
        count += len(block)
        first = first or block[:SAMPLE]
    return count, first


def closed(key: UUID, position: int, name: str, value: object) -> bytes:
    return crypto.encrypt(pack(value), block_purpose(name)(key, position))


def block_purpose(name: str) -> Callable[[UUID, int], str]:
    """What a column of a block is encrypted for: its import and its position."""
    return lambda key, position: purpose(key, f"{name}:{position}")
