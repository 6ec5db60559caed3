"""Row 33: what a lost backup shows without the keys, in clear, base64 or hexadecimal.

Names, dates and what is `identity` or `shared` are readable: the folder of the backups is encrypted
(docs/operations.md). Nothing restricted, sealed, private or secret may be, but for `IN_CLEAR`.
"""

import base64
import subprocess
from collections.abc import Iterator

import pytest
from django.db import connections

from jalons.access.levels import Level
from jalons.config.databases import urls_of
from jalons.config.postgres import bin_path
from jalons.rights.copies.ask import make_export
from tests.rights.planting import NIR, REASON, plant
from tests.security.canaries import a_full_file

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole", "migrator"])
CLOSED = {Level.RESTRICTED, Level.SEALED, Level.PRIVATE, Level.SECRET}
IN_CLEAR = {"sensitive structure", "the commune of a hidden address"}
"""Known weaknesses of docs/security.md."""


def dump() -> str:
    """The whole database, as a backup holds it."""
    urls = urls_of(str(connections["default"].settings_dict["NAME"]))
    command = [str(bin_path() / "pg_dump"), "--dbname", urls["DATABASE_MIGRATOR_URL"]]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def forms(text: str) -> Iterator[str]:
    """What a text becomes in a dump: itself, hexadecimal, base64 wherever it falls in it."""
    raw = text.encode()
    yield text
    yield raw.hex()
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        first, last = (0, 2, 3)[before], (len(raw) + before) % 3
        yield coded[first : -1 if last else None]


def shows(dumped: str, text: str) -> bool:
    return any(form in dumped for form in forms(text))


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_the_search_sees_what_it_must(before: str) -> None:
    raw = f"{before}{NIR}, dit-elle".encode()
    for dumped in (raw.decode(), f"\\x{raw.hex()}", base64.b64encode(raw).decode()):
        assert shows(f"COPY\n{dumped}\n", NIR)
    assert not shows("COPY\nde l’eau\n", NIR)


def test_a_full_file_shows_nothing_closed() -> None:
    _, canaries = a_full_file()
    dumped = dump()
    seen = {word for word in canaries.levels if shows(dumped, word)}
    closed = {word for word, level in canaries.levels.items() if level in CLOSED}
    assert {canaries.places[word] for word in seen & closed} == IN_CLEAR
    documents = {word for word, place in canaries.places.items() if "people.Document" in place}
    assert len(documents) == 5
    assert not seen & documents
    assert {canaries.places[word] for word in seen} > IN_CLEAR
    assert len(closed) > 10


def test_no_identifier_draft_answer_nor_copy_is_read() -> None:
    planted = plant()
    make_export(planted.export)
    dumped = dump()
    assert "Zéphyrine" in dumped
    for closed in (
        NIR,
        "CAF-TEMOIN-77",
        "Brouillon témoin",
        "Réponse témoin donnée",
        REASON,
        "%PDF",
    ):
        assert not shows(dumped, closed), closed
