"""Encryption and keyed hashes: round trips, tampering, purposes, rotation."""

import base64
import json
import stat
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from jalons.kernel import crypto


@pytest.fixture
def use_keys(settings: Settings, tmp_path: Path) -> Iterator[Callable[[dict[str, object]], None]]:
    """Replaces the key ring by one read from the given content."""

    def use(content: dict[str, object]) -> None:
        path = tmp_path / "other-keys.json"
        path.write_text(json.dumps(content))
        settings.KEYS_FILE = path
        crypto._read.cache_clear()

    yield use
    crypto._read.cache_clear()


def ring(current: str, *names: str) -> dict[str, object]:
    """Keys that depend on their name only: the same name is the same key in every ring."""
    keys = {name: base64.b64encode(name.encode().rjust(32)).decode() for name in names}
    return {"current": current, "encrypt": keys, "hash": base64.b64encode(b"h" * 32).decode()}


@given(st.binary(max_size=200), st.text(max_size=20))
def test_round_trip(value: bytes, purpose: str) -> None:
    assert crypto.decrypt(crypto.encrypt(value, purpose), purpose) == value


def test_equal_values_have_unequal_ciphertexts() -> None:
    assert crypto.encrypt(b"nir", "nir") != crypto.encrypt(b"nir", "nir")


def test_the_value_is_not_in_the_ciphertext() -> None:
    assert b"divorce" not in crypto.encrypt(b"divorce", "note")


def test_another_purpose_does_not_decrypt() -> None:
    with pytest.raises(InvalidTag):
        crypto.decrypt(crypto.encrypt(b"x", "note"), "nir")


@given(st.data())
def test_any_changed_byte_is_found(data: st.DataObject) -> None:
    sealed = bytearray(crypto.encrypt(b"a note", "note"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(InvalidTag):
        crypto.decrypt(bytes(sealed), "note")


@given(st.binary(max_size=60))
def test_what_was_never_encrypted_is_refused(value: bytes) -> None:
    with pytest.raises(InvalidTag):
        crypto.decrypt(value, "note")


@given(st.integers(0, 60))
def test_a_truncated_value_is_refused(length: int) -> None:
    with pytest.raises(InvalidTag):
        crypto.decrypt(crypto.encrypt(b"a note of some length", "note")[:-1][:length], "note")


def test_an_old_key_still_decrypts_after_rotation(
    use_keys: Callable[[dict[str, object]], None],
) -> None:
    use_keys(ring("old", "old"))
    sealed = crypto.encrypt(b"a note", "note")
    use_keys(ring("new", "old", "new"))
    assert crypto.decrypt(sealed, "note") == b"a note"
    assert crypto.encrypt(b"a note", "note")[1:4] == b"new"
    use_keys(ring("new", "new"))
    with pytest.raises(InvalidTag):
        crypto.decrypt(sealed, "note")


def test_keyed_hash_depends_on_value_and_purpose() -> None:
    hashes = {crypto.keyed_hash(value, purpose) for value in "ab" for purpose in "xy"}
    assert len(hashes) == 4
    assert crypto.keyed_hash("a", "x") in hashes
    assert {len(digest) for digest in hashes} == {32}


def test_keyed_hash_depends_on_the_key(use_keys: Callable[[dict[str, object]], None]) -> None:
    before = crypto.keyed_hash("a", "x")
    use_keys(ring("1", "1"))
    assert crypto.keyed_hash("a", "x") != before


def test_new_keys_are_the_owners_only_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    crypto.write_new_keys(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    content = path.read_text()
    with pytest.raises(FileExistsError):
        crypto.write_new_keys(path)
    assert path.read_text() == content


def test_the_command_writes_keys_once(settings: Settings, tmp_path: Path) -> None:
    settings.KEYS_FILE = tmp_path / "server-keys.json"
    call_command("new_keys", stderr=StringIO())
    assert set(json.loads(settings.KEYS_FILE.read_text())) == {"current", "encrypt", "hash"}
    with pytest.raises(CommandError, match="existe déjà"):
        call_command("new_keys")
