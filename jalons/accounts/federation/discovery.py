"""A provider's addresses and keys, kept an hour; keys are asked again for one that is new."""

import json
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, import_key

from . import transport
from .refusals import Refused

KEPT = 3600.0
"""Seconds that addresses and keys are believed."""
PAUSE = 60.0
"""Seconds between two fetches of keys because one was unknown: a forged name costs little."""
MOST = 32
SUFFIX = "/.well-known/openid-configuration"
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass
class Known:
    """What one issuer published."""

    metadata: dict[str, Any]
    at: float
    keys: KeySet | None = None
    keys_at: float = field(default=float("-inf"))


_known: dict[str, Known] = {}
_lock = Lock()


def forget() -> None:
    """Everything is asked again."""
    _known.clear()


def metadata_of(issuer: str) -> dict[str, Any]:
    """Its discovery document. Raises Refused."""
    return _of(issuer).metadata


def keys_of(issuer: str, name: str | None) -> KeySet:
    """Its signing keys, asked again when none has this name (a rotation). Raises Refused."""
    known = _of(issuer)
    age = time.monotonic() - known.keys_at
    if known.keys is None or age > KEPT or (age > PAUSE and not _holds(known.keys, name)):
        known.keys = _fetch_keys(known.metadata["jwks_uri"])
        known.keys_at = time.monotonic()
    return known.keys


def _of(issuer: str) -> Known:
    known = _known.get(issuer)
    if known is None or time.monotonic() - known.at > KEPT:
        known = Known(_fetch_metadata(issuer), time.monotonic())
        with _lock:
            if len(_known) >= MOST:
                _known.clear()
            _known[issuer] = known
    return known


def _fetch_metadata(issuer: str) -> dict[str, Any]:
    found = read_json(transport.call(issuer.rstrip("/") + SUFFIX))
    if found.get("issuer") != issuer:
        raise Refused("issuer")
    if not all(transport.allowed(str(found.get(name, ""))) for name in NEEDED):
        raise Refused("answer")
    return found


def _fetch_keys(url: str) -> KeySet:
    """The keys that can be read: one of a kind we do not know hides no other."""
    published = read_json(transport.call(url)).get("keys")
    found = [_key(each) for each in published] if isinstance(published, list) else []
    keys = [key for key in found if key]
    if not keys:
        raise Refused("answer")
    return KeySet(keys)


def _key(published: Any) -> Key | None:
    try:
        key: Key = import_key(published, published["kty"])
    except (JoseError, AttributeError, KeyError, TypeError, ValueError):
        return None
    return key


def read_json(answer: transport.Answer) -> dict[str, Any]:
    """The object of a good answer. Raises Refused."""
    if answer.status != 200:
        raise Refused("silence" if answer.status >= 500 else "answer")
    try:
        found = json.loads(answer.body)
    except ValueError as error:
        raise Refused("answer") from error
    if not isinstance(found, dict):
        raise Refused("answer")
    return found


def _holds(keys: KeySet, name: str | None) -> bool:
    return name is None or any(key.kid == name for key in keys.keys)
