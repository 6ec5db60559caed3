"""The key of a request, drawn when its form is shown: sent twice, it is received once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.core import signing

from jalons.kernel.ids import uuid7

from ..agreements.notice import current

SALT = "people.intake"
LIFE = timedelta(days=1)


@dataclass(frozen=True)
class Ticket:
    """`notice` is the version of the information that stood beside the form."""

    key: UUID
    notice: str

    def __str__(self) -> str:
        return signing.dumps([str(self.key), self.notice], salt=SALT)


def new() -> Ticket:
    return Ticket(uuid7(), current().version)


def read(text: str) -> Ticket:
    """The ticket that the form brings back; another one for what is not ours, or too old."""
    try:
        key, notice = signing.loads(text, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return new()
    return Ticket(UUID(key), notice)
