"""Encryption and keyed hashes; the keys live outside the database, in `settings.KEYS_FILE`.

The file is JSON: {"current": "1", "encrypt": {"1": 32 bytes}, "hash": 32 bytes}, bytes in base64.
A ciphertext is: 1 byte length of the key's name, the name, 12 bytes of nonce, AES-256-GCM with the
purpose as associated data, so that a value moved to another column does not decrypt.
"""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


@dataclass(frozen=True)
class Keyring:
    current: str
    encryption: dict[str, bytes]
    hashing: bytes


@cache
def _keyring() -> Keyring:
    data = json.loads(Path(settings.KEYS_FILE).read_text())
    keys = {name: base64.b64decode(key) for name, key in data["encrypt"].items()}
    return Keyring(data["current"], keys, base64.b64decode(data["hash"]))


def write_new_keys(path: Path) -> None:
    """Creates a key file readable by its owner only; never overwrites one (FileExistsError)."""
    content = {
        "current": "1",
        "encrypt": {"1": base64.b64encode(os.urandom(32)).decode()},
        "hash": base64.b64encode(os.urandom(32)).decode(),
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(content, file)


def encrypt(value: bytes, purpose: str) -> bytes:
    ring = _keyring()
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(ring.encryption[ring.current]).encrypt(nonce, value, purpose.encode())
    name = ring.current.encode()
    return bytes([len(name)]) + name + nonce + sealed


def decrypt(value: bytes, purpose: str) -> bytes:
    """Raises cryptography.exceptions.InvalidTag on a changed value, another purpose, a lost key."""
    end = 1 + value[0] if value else 1
    key = _keyring().encryption.get(value[1:end].decode(errors="replace"))
    nonce, sealed = value[end : end + _NONCE], value[end + _NONCE :]
    if key is None or len(nonce) < _NONCE:
        raise InvalidTag
    return AESGCM(key).decrypt(nonce, sealed, purpose.encode())


def keyed_hash(value: str, purpose: str) -> bytes:
    """HMAC-SHA256, for equality search on a value that must not be readable in a backup."""
    return hmac.new(_keyring().hashing, f"{purpose}\0{value}".encode(), hashlib.sha256).digest()
