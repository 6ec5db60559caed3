"""What a merge keeps encrypted: what was chosen, then what is needed to undo it."""

import json
from dataclasses import asdict, dataclass, field
from uuid import UUID

from jalons.kernel import crypto

from ..models import Merge
from .moving import Record

PURPOSE = "people.merge"


@dataclass(frozen=True)
class Choices:
    """`fields` are taken from the absorbed file; `referent` says whose stays: of the kept file,
    unless `absorbed`."""

    fields: tuple[str, ...] = ()
    absorbed_referent: bool = False


@dataclass(frozen=True)
class Content:
    choices: Choices = field(default_factory=Choices)
    record: Record = field(default_factory=Record)


def purpose(key: UUID) -> str:
    return f"{PURPOSE}:{key}"


def enclosed(content: Content, key: UUID) -> bytes:
    return crypto.encrypt(json.dumps(asdict(content)).encode(), purpose(key))


def content_of(row: Merge) -> Content:
    """Nothing once the delay to undo is over."""
    if not row.cipher:
        return Content()
    said = json.loads(crypto.decrypt(bytes(row.cipher), purpose(row.pk)))
    choices = said["choices"]
    return Content(
        Choices(tuple(choices["fields"]), choices["absorbed_referent"]), Record(**said["record"])
    )
