"""What somebody types to find a person, kept encrypted for as long as its answer is shown."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from jalons.kernel import crypto

from .rules import Names

SEARCH, REQUEST = "people.search", "people.follow_request"
UNSAID = "numéro de sécurité sociale"


@dataclass(frozen=True)
class Typed:
    """Names and a birth date, or one number: an identifier, a phone, an e-mail."""

    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    number: str = ""

    @property
    def names(self) -> Names | None:
        if not self.family_name:
            return None
        return Names(self.family_name, self.given_name, birth_date=self.birth_date)

    def without_number(self) -> "Typed":
        """The same, once a social security number was used: it is never shown again."""
        return replace(self, number=UNSAID)


def enclose(typed: Typed, key: UUID, purpose: str) -> bytes:
    """Encrypted for the row `key`: moved to another, it does not decrypt."""
    values: dict[str, Any] = asdict(typed)
    values["birth_date"] = typed.birth_date.isoformat() if typed.birth_date else ""
    return crypto.encrypt(json.dumps(values, ensure_ascii=False).encode(), purpose_of(purpose)(key))


def disclose(cipher: bytes | memoryview, key: UUID, purpose: str) -> Typed:
    values = json.loads(crypto.decrypt(bytes(cipher), purpose_of(purpose)(key)))
    day = values.pop("birth_date")
    return Typed(**values, birth_date=date.fromisoformat(day) if day else None)


def purpose_of(purpose: str) -> Callable[[UUID], str]:
    return lambda key: f"{purpose}:{key}"
