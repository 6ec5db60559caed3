"""What was typed about somebody whom no agent searched yet, encrypted for its row."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from jalons.kernel import crypto

from ..models import Intake

PURPOSE = "people.intake"


@dataclass(frozen=True)
class Said:
    """`message` false: no message may be left. `agreed`: the person knows that they are signalled.

    `commune` is an Insee code; `whereabouts` is how to find who has neither phone nor e-mail;
    `language` is a code of the list of languages. `notice` is the version of the information that
    was shown.
    """

    family_name: str
    given_name: str
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    whereabouts: str = ""
    commune: str = ""
    request: str = ""
    message: bool = False
    signaller: str = ""
    signaller_contact: str = ""
    agreed: bool = False
    notice: str = ""
    language: str = ""

    @property
    def words(self) -> str:
        """What an entry keeps of it: the request, then what helps to find the person."""
        lines = [self.request]
        lines += [f"Où la trouver : {self.whereabouts}"] if self.whereabouts else []
        lines += [f"Signalée par : {self.signaller}"] if self.signaller else []
        return "\n".join(filter(None, lines))


def purpose(key: UUID) -> str:
    return f"{PURPOSE}:{key}"


def enclose(said: Said, key: UUID) -> bytes:
    """Encrypted for the intake `key`: moved to another row, it does not decrypt."""
    values: dict[str, Any] = asdict(said)
    values["birth_date"] = said.birth_date.isoformat() if said.birth_date else ""
    return crypto.encrypt(json.dumps(values, ensure_ascii=False).encode(), purpose(key))


def disclose(cipher: bytes | memoryview, key: UUID) -> Said:
    values = json.loads(crypto.decrypt(bytes(cipher), purpose(key)))
    day = values.pop("birth_date")
    return Said(**values, birth_date=date.fromisoformat(day) if day else None)


def said_in(row: Intake) -> Said:
    return disclose(row.cipher, row.pk)
