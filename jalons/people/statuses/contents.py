"""What a status says: in clear columns when it is shared, in a cipher beyond.

A lost backup tells neither the kind of a restricted status nor the domain of a sealed one.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any

from jalons.access.levels import Level
from jalons.kernel import crypto

from .. import domains
from ..models import Status

PURPOSE = "people.status"
HIDDEN = frozenset({Level.RESTRICTED, Level.SEALED})


@dataclass(frozen=True)
class StatusContent:
    kind: str
    label: str
    domain: str = ""


def columns(kind: str, label: str, level: str, domain: str = "") -> dict[str, Any]:
    """The columns of a status of this level: `domain` is a token when sealed."""
    if level not in HIDDEN:
        return {"kind": kind, "label": label, "level": level, "domain": domain}
    content = StatusContent(kind, label, domain)
    return {
        "kind": "",
        "label": "",
        "level": level,
        "domain": domains.token(domain) if level == Level.SEALED else "",
        "cipher": encrypted(content),
    }


def encrypted(content: StatusContent) -> bytes:
    return crypto.encrypt(json.dumps(asdict(content)).encode(), PURPOSE)


def read(status: Status) -> StatusContent:
    """Raises cryptography.exceptions.InvalidTag on an altered cipher."""
    if status.cipher is None:
        return StatusContent(status.kind, status.label, status.domain)
    return StatusContent(**json.loads(crypto.decrypt(bytes(status.cipher), PURPOSE)))
