"""What a file holds, kept encrypted: the whole table, and apart its first rows for the screen."""

import hashlib
import json
import zlib
from collections.abc import Callable
from typing import BinaryIO
from uuid import UUID

from jalons.kernel import crypto

from .files.bounds import Sheet
from .models import Import, ImportedFile

PURPOSE = "exchange.import"
CHUNK = 1_000_000
SAMPLE = 5
"""Rows shown before a file is imported."""


class Erased(Exception):
    """The file is no longer kept."""


def keep(found: Import, sheet: Sheet) -> None:
    """Keeps the table of a new import, for its author."""
    ImportedFile.objects.create(
        territory_id=found.territory_id,
        account_id=found.account_id,
        file_import=found,
        table=_closed(sheet, found.pk, "table"),
        sample=_closed(Sheet(sheet.headers, sheet.rows[:SAMPLE]), found.pk, "sample"),
    )


def keep_sample(found: Import, headers: list[str], rows: list[list[str]]) -> None:
    """Keeps the heading and the first rows of a file of persons, kept in blocks."""
    ImportedFile.objects.create(
        territory_id=found.territory_id,
        account_id=found.account_id,
        file_import=found,
        sample=_closed(Sheet(headers, rows), found.pk, "sample"),
    )


def table_of(found: Import) -> Sheet:
    """The whole table, in its author's context. Raises Erased."""
    return _kept(found, "table")


def sample_of(found: Import) -> Sheet:
    """The heading and the first rows, in the author's context. Raises Erased."""
    return _kept(found, "sample")


def digest_of(file: BinaryIO) -> bytes:
    """Tells that a file was sent before, and nothing of what it holds."""
    found = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(CHUNK):
        found.update(chunk)
    file.seek(0)
    return crypto.keyed_hash(found.hexdigest(), PURPOSE)


def _kept(found: Import, name: str) -> Sheet:
    ciphers = ImportedFile.objects.filter(file_import=found).values_list(name, flat=True)
    cipher = ciphers.first() if found.erased_at is None else None
    if cipher is None:
        raise Erased
    packed = crypto.decrypt(bytes(cipher), purpose(found.pk, name))
    return Sheet(**json.loads(zlib.decompress(packed)))


def _closed(sheet: Sheet, key: UUID, name: str) -> bytes:
    said = {"headers": sheet.headers, "rows": sheet.rows, "width": sheet.width}
    packed = zlib.compress(json.dumps(said, ensure_ascii=False).encode(), level=1)
    return crypto.encrypt(packed, purpose(key, name))


def purpose_of(name: str) -> Callable[[UUID], str]:
    return lambda key: purpose(key, name)


def purpose(key: UUID, name: str) -> str:
    """Binds a ciphertext to its import: moved to another, it does not decrypt."""
    return f"{PURPOSE}:{key}:{name}"
