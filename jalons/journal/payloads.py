"""Payloads: written with the event, read by those the policy lets, erased without breaking a seal.

The text is 16 bytes of salt, then JSON {"data", "kind", "level"}; it is encrypted whole, so that a
lost backup holds neither the values nor a salt to guess them with. The event keeps its SHA-256.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from jalons.kernel import crypto

from .kinds import Kind
from .models import Event, Payload

PURPOSE = "journal.payload"
SALT = 16
WHOLE = "whole"


class NotJson(TypeError):
    """The values do not come back unchanged from JSON: tuples, dates, keys that are not text…"""


class Tampered(Exception):
    """The payload is not the one that its event was recorded with."""


@dataclass(frozen=True)
class Content:
    """What a payload says: the true kind's code, the level, the values."""

    kind: str
    level: str
    data: dict[str, Any]


def enclose(kind: Kind, data: dict[str, Any]) -> tuple[bytes, bytes]:
    """The encrypted body and the digest of these values. Raises NotJson."""
    try:
        text = json.dumps(
            {"data": data, "kind": kind.code, "level": kind.level},
            ensure_ascii=False,
            allow_nan=False,
        )
    except (TypeError, ValueError) as error:
        raise NotJson(str(error)) from error
    if json.loads(text)["data"] != data:
        raise NotJson("Lists, not tuples; keys that are text.")
    salted = os.urandom(SALT) + text.encode()
    return crypto.encrypt(salted, PURPOSE), hashlib.sha256(salted).digest()


def disclose(event: Event, *, using: str = "default") -> Content | None:
    """The content of an event's payload, None if it has none or if it was erased.

    The caller has asked the policy at `Content.level`. Raises Tampered, and
    cryptography.exceptions.InvalidTag on a body that was altered.
    """
    payload = Payload.objects.using(using).filter(pk=event.pk).first()
    return opened(event, bytes(payload.body)) if payload else None


def opened(event: Event, body: bytes) -> Content:
    """The content of this body. Raises Tampered, InvalidTag."""
    salted = crypto.decrypt(body, PURPOSE)
    if hashlib.sha256(salted).digest() != bytes(event.digest or b""):
        raise Tampered(str(event.pk))
    return Content(**json.loads(salted[SALT:]))


def erase(events: Iterable[UUID]) -> int:
    """Deletes the payloads of these events, as the whole-file role; returns how many there were."""
    deleted, _ = Payload.objects.using(WHOLE).filter(pk__in=list(events)).delete()
    return deleted
