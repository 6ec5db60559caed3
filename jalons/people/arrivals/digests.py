"""What is remembered of what a file said: keyed digests, which tell equality alone."""

import hashlib

from jalons.kernel import crypto

from .rules import Value, Values

PURPOSE = "people.last_said"
SIZE = 9
"""Bytes of a digest: enough for one person's attributes, compared with themselves."""


def digests(values: Values, key: bytes = b"") -> dict[str, str]:
    """By attribute; `key` is `digests_key()`, which a caller with many rows reads once."""
    key = key or digests_key()
    return {name: _digest(key, name, value) for name, value in values.items()}


def digests_key() -> bytes:
    """A key of its own, so that these digests match no other ones."""
    return crypto.keyed_hash("attributes", PURPOSE)


def _digest(key: bytes, name: str, value: Value) -> str:
    said = f"{name}\0{value}"
    return hashlib.blake2b(said.encode(), digest_size=SIZE, key=key).hexdigest()
