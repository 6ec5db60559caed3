"""What is remembered of what a file said: keyed digests, which tell equality alone."""

import hashlib
import json
from functools import lru_cache

from jalons.kernel import crypto

from .rules import Value, Values

PURPOSE = "people.last_said"
SIZE = 9
"""Bytes of a digest: enough for one person's attributes, compared with themselves."""


def digests(values: Values) -> dict[str, str]:
    """By attribute."""
    key = _key(crypto.keyring().hashing)
    return {name: _digest(key, name, value) for name, value in values.items()}


@lru_cache(maxsize=2)
def _key(hashing: bytes) -> bytes:
    """Derived once: a key of its own, so that these digests match no other ones."""
    del hashing
    return crypto.keyed_hash("attributes", PURPOSE)


def _digest(key: bytes, name: str, value: Value) -> str:
    said = f"{name}\0{value if isinstance(value, str) else json.dumps(value)}"
    return hashlib.blake2b(said.encode(), digest_size=SIZE, key=key).hexdigest()
