"""Encryption and keyed hashes; the keys live outside the database, in `settings.KEYS_FILE`.

The file is JSON: {"current": "1", "encrypt": {"1": 32 bytes}, "hash": 32 bytes}, bytes in base64; a
rotation adds "since": {"2": time}. It is read again as soon as it changes: web server and workers
follow a rotation without being restarted.
A ciphertext is: 1 byte length of the key's name, the name, 12 bytes of nonce, AES-256-GCM with the
purpose as associated data, so that a value moved to another column does not decrypt.
"""

import base64
import hmac
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fcntl import LOCK_EX, flock
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_NONCE = 12
_KEY = 32


class WrongKeys(ImproperlyConfigured):
    """The key file is missing, unreadable or of another form; the message says what to do."""


@dataclass(frozen=True)
class Keyring:
    current: str
    encryption: dict[str, bytes]
    hashing: bytes


def keyring() -> Keyring:
    """The keys as the file says them now. Raises WrongKeys."""
    path = settings.KEYS_FILE
    try:
        found = os.stat(path)  # noqa: PTH116 - asked for each value: a Path costs ten times as much
    except OSError as error:
        raise WrongKeys(_wrong(Path(path), "n’existe pas ou n’est pas accessible")) from error
    return _read(str(path), found.st_mtime_ns, found.st_ino)


@lru_cache(maxsize=1)
def _read(path: str, _changed: int, _file: int) -> Keyring:
    data = _content(Path(path))
    keys = {name: base64.b64decode(key) for name, key in data["encrypt"].items()}
    return Keyring(data["current"], keys, base64.b64decode(data["hash"]))


def _content(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text())
        keys = [base64.b64decode(key) for key in (*data["encrypt"].values(), data["hash"])]
        complete = data["current"] in data["encrypt"] and {len(key) for key in keys} == {_KEY}
    except OSError as error:
        raise WrongKeys(_wrong(path, "ne se lit pas")) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongKeys(_wrong(path, "n’est pas un fichier de clés")) from error
    if not complete:
        raise WrongKeys(_wrong(path, "n’est pas un fichier de clés complet"))
    return data


def _wrong(path: Path, what: str) -> str:
    return (
        f"Le fichier de clés {path} {what}. Vérifiez JALONS_KEYS_FILE, ou remettez une copie de ce"
        " fichier : sans lui, rien de ce qui est chiffré ne se lit."
    )


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


def add_key(path: Path) -> str:
    """Adds an encryption key that is not current yet, and answers its name. Raises WrongKeys."""
    with _changed(path) as data:
        name = str(max(int(name) for name in data["encrypt"]) + 1)
        data["encrypt"][name] = base64.b64encode(os.urandom(_KEY)).decode()
    return name


def make_current(path: Path, name: str, at: datetime) -> None:
    """From now on everything is encrypted with this key of the file. Raises WrongKeys."""
    with _changed(path) as data:
        data["current"] = name
        data["since"] = {name: at.isoformat()}


def forget_old_keys(path: Path) -> list[str]:
    """Removes every encryption key but the current one; answers their names. Raises WrongKeys."""
    with _changed(path) as data:
        forgotten = [name for name in data["encrypt"] if name != data["current"]]
        for name in forgotten:
            del data["encrypt"][name]
    return forgotten


def current_since(path: Path) -> datetime | None:
    """When the current key became so; None for the first one. Raises WrongKeys."""
    data = _content(path)
    found = data.get("since", {}).get(data["current"])
    return datetime.fromisoformat(found) if found else None


@contextmanager
def _changed(path: Path) -> Iterator[dict[str, Any]]:
    """What the file holds, written again whole after the block, for the same owner and group."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        data = _content(path)
        yield data
        before, partial = path.stat(), path.with_name(f"{path.name}.new")
        partial.unlink(missing_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            json.dump(data, file)
            file.flush()
            os.fsync(handle)
            if (before.st_uid, before.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(handle, before.st_uid, before.st_gid)
            os.fchmod(handle, before.st_mode & 0o640)
        partial.rename(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def encrypt(value: bytes, purpose: str) -> bytes:
    ring = keyring()
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(ring.encryption[ring.current]).encrypt(nonce, value, purpose.encode())
    name = ring.current.encode()
    return bytes([len(name)]) + name + nonce + sealed


def decrypt(value: bytes, purpose: str) -> bytes:
    """Raises cryptography.exceptions.InvalidTag on a changed value, another purpose, a lost key."""
    end = 1 + value[0] if value else 1
    key = keyring().encryption.get(value[1:end].decode(errors="replace"))
    nonce, sealed = value[end : end + _NONCE], value[end + _NONCE :]
    if key is None or len(nonce) < _NONCE:
        raise InvalidTag
    return AESGCM(key).decrypt(nonce, sealed, purpose.encode())


def keyed_hash(value: str, purpose: str) -> bytes:
    """HMAC-SHA256, for equality search on a value that must not be readable in a backup."""
    return hasher(purpose)(value)


def hasher(purpose: str) -> Callable[[str], bytes]:
    """What hashes many values of a purpose: the key is read once."""
    key = keyring().hashing
    return lambda value: hmac.digest(key, f"{purpose}\0{value}".encode(), "sha256")
