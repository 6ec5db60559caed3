"""RSA flows: what is read of them, who is kept, what is dropped at the door, what is refused."""

import io
import tracemalloc
from collections.abc import Iterable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from jalons.exchange.files.bounds import Unreadable
from jalons.exchange.files.persons import rsa_flow, rsa_rows
from jalons.exchange.files.persons.rsa_flow import RsaFlow
from jalons.exchange.files.persons.rsa_rows import HEADERS, Door
from tests.exchange.flows import a_flow, a_household, a_member, many


def rows(*households: str, known: Any = None, **said: str) -> tuple[list[dict[str, str]], Any]:
    """The rows kept in Belfort, by header, and what was counted."""
    door = Door(frozenset({"90010"}), known or (lambda closed: set()))
    table = door.table(RsaFlow(io.BytesIO(a_flow(*households, **said))))
    return [dict(zip(HEADERS, row, strict=True)) for row in table.rows], table.counted


def test_the_nodes_listed_are_read_and_no_other() -> None:
    member = a_member(NOMNAI="KERLAZ", NIR="2820251108030", IDASSEDIC="1253359X")
    [row], counts = rows(a_household(member, ETATDOSRSA="4", MOTISUSVERSRSA="06"))
    assert row == {
        "NOM": "TRÉBOULA",
        "NOMNAI": "KERLAZ",
        "PRENOM": "SOLÈNE",
        "DTNAI": "1960-02-01",
        "NIR": "2820251108030",
        "IDASSEDIC": "1253359X",
        "TOPPERSDRODEVORSA": "1",
        "ETATDOSRSA": "4",
        "MOTISUSVERSRSA": "06",
        "MOTICLORSA": "",
        "DTCLORSA": "",
        "MATRICULE (CAF)": "2055990",
        "MATRICULE (MSA)": "",
    }
    assert counts == {"dropped": 0}


def test_the_head_is_known_at_once() -> None:
    flow = RsaFlow(io.BytesIO(a_flow()))
    assert flow.head == {"TYPEFLUX": "M", "DTCREAFLUX": "2026-11-05", "DTREF": "2026-10-31"}
    assert list(flow.households()) == []
    assert flow.broken_at == 0


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        *(({"ETATDOSRSA": state}, state in "234") for state in "0123456"),
        ({"ETATDOSRSA": "9"}, False),
        ({"ETATDOSRSA": ""}, False),
        ({"NUMCOM": "68001"}, False),
        ({"NUMCOM": ""}, False),
        ({"NUMCOM": "68001", "TOPSANSDOMFIXE": "1"}, True),
        ({"NUMCOM": "68001", "TOPSANSDOMFIXE": "true"}, True),
        ({"TOPSANSDOMFIXE": "1", "ETATDOSRSA": "1"}, False),
    ],
)
def test_who_is_kept_of_those_whom_nobody_knows(values: dict[str, str], kept: bool) -> None:
    found, counts = rows(a_household(a_member(), a_member(1), **values))
    assert (len(found), counts["dropped"]) == ((2, 0) if kept else (0, 2))


def test_a_right_that_closes_is_kept_for_who_is_known() -> None:
    """In their order among the others."""
    households = [a_household(a_member(n), ETATDOSRSA="25"[n % 2]) for n in range(6)]
    asked: list[str] = []

    def known(closed: Any) -> set[int]:
        asked.extend(row[0] for row in closed)
        return {1}

    found, counts = rows(*households, known=known)
    assert asked == ["TRÉBOULB", "TRÉBOULD", "TRÉBOULF"]
    assert [row["NOM"][-1] for row in found] == ["A", "C", "D", "E"]
    assert counts == {"dropped": 2}


@pytest.mark.parametrize(
    ("body", "text", "caf", "msa"),
    [
        ("CAF", "205599000000000", "2055990", ""),
        ("CAF", "5599000000000", "0055990", ""),
        ("CAF", "205599012345678", "205599012345678", ""),
        ("MSA", "1234567800", "", "1234567800"),
        ("MSA", "123456780000000", "", "12345678"),
        ("MSA", "2820251108030", "", ""),
        ("CPAM", "2055990", "", ""),
        ("CAF", "", "", ""),
    ],
)
def test_the_household_s_number(body: str, text: str, caf: str, msa: str) -> None:
    [row], _ = rows(a_household(FONORG=body, MATRICULE=text))
    assert (row["MATRICULE (CAF)"], row["MATRICULE (MSA)"]) == (caf if text else "", msa)


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("windows-1252", ""),
        ("utf-8", ""),
        ("utf-8-sig", "utf-8"),
        ("utf-8", "windows-1252"),
        ("windows-1252", "utf-8"),
        ("iso-8859-1", "iso-8859-1"),
    ],
)
def test_encodings_whatever_is_declared(encoding: str, said: str) -> None:
    [row], _ = rows(a_household(), encoding=encoding, said=said)
    assert row["NOM"] == "TRÉBOULA"


WHOLE = a_flow(a_household(), a_household(a_member(1)))
BOMB = b'<!DOCTYPE Racine [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]>'
OUTSIDE = b'<!DOCTYPE Racine [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, b"<!DOCTYPE Racine SYSTEM 'a.dtd'>"])
def test_a_document_type_is_refused(declared: bytes) -> None:
    flow = WHOLE.replace(b"<Racine>", declared + b"<Racine>")
    with pytest.raises(Unreadable, match="entités"):
        RsaFlow(io.BytesIO(flow))


def in_first_household(text: bytes) -> bytes:
    return WHOLE.replace(b"<InfosFoyerRSA>", b"<InfosFoyerRSA>" + text, 1)


@pytest.mark.parametrize(
    "text",
    [
        b"<a b='" + b"x" * 2_000_000 + b"'/>",
        b"<a>" * 30_000,
        b"<Personne/>" * 101,
        b"<IdentificationRSA><Organisme><MATRICULE>" + b"1" * 300,
        b"<IdentificationRSA><Organisme><MATRICULE>" + b"1&#49;" * 300,
    ],
    ids=["attribute", "depth", "persons", "text", "pieces"],
)
def test_what_nobody_wrote_in_earnest_is_refused(text: bytes) -> None:
    with pytest.raises(Unreadable, match="trop grand"):
        list(RsaFlow(io.BytesIO(in_first_household(text))).households())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "vide"),
        (b"  \n", "vide"),
        (b"<html><body/></html>", "flux RSA"),
        (b"Nom;Prenom\nA;B", "flux RSA"),
        (b"<Racine><InfosFoyerRSA/></Racine>", "flux RSA"),
        (b"<Racine><IdentificationFlux>", "flux RSA"),
        (b"PK\x03\x04\0\0", "encodage"),
        ("<Racine/>".encode("utf-16"), "encodage"),
    ],
)
def test_another_file_is_refused_in_words(content: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        RsaFlow(io.BytesIO(content))


@pytest.mark.parametrize(
    "broken",
    [
        WHOLE[: WHOLE.rindex(b"PrestationRSA")],
        WHOLE[: WHOLE.rindex(b"<InfosFoyerRSA>") + 4],
        WHOLE.replace(b"TR\xc9BOULB", b"&xxe;"),
        WHOLE.replace(b"TR\xc9BOULB", b"<NON></OUI>"),
    ],
    ids=["cut", "cut in a tag", "entity", "tags"],
)
def test_what_comes_before_a_break_is_read(broken: bytes) -> None:
    flow = RsaFlow(io.BytesIO(broken))
    assert [home.persons[0]["NOM"] for home in flow.households()] == ["TRÉBOULA"]
    assert flow.broken_at in (3, 4)


def test_a_node_elsewhere_is_not_the_node() -> None:
    """Nor what stands inside one, nor its second."""
    flow = in_first_household(b"<Autre><NOM>INTRUS</NOM></Autre>")
    flow = flow.replace(
        "<NOM>TRÉBOULA</NOM>".encode("cp1252"), b"<NOM>A<x>B</x>C</NOM><NOM>D</NOM>"
    )
    first = next(RsaFlow(io.BytesIO(flow)).households())
    assert first.persons[0]["NOM"] == "AC"


class Pieces(io.RawIOBase):
    """A file made as it is read, as often as it is."""

    def __init__(self, number: int) -> None:
        self._number = number
        self.seek(0)

    def seek(self, offset: int, whence: int = 0) -> int:
        assert (offset, whence) == (0, 0)
        self._pieces: Iterable[bytes] = iter(many(self._number))
        self._left = b""
        return 0

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size:
            piece = next(iter(self._pieces), b"")
            if not piece:
                break
            self._left += piece
        given, self._left = self._left[:size], self._left[size:]
        return given


def test_memory_does_not_grow_with_the_file(
    full_size: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes at the peak, for two sizes."""
    monkeypatch.setattr(rsa_rows, "BATCH", 500)
    sizes = (1_100, 60_000 if full_size else 3_300)
    peaks = []
    for number in sizes:
        flow = RsaFlow(Pieces(number))  # type: ignore[arg-type]
        tracemalloc.start()
        table = Door(frozenset({"90010"}), lambda rows: set()).table(flow)
        assert sum(1 for _ in table.rows) == number
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
    assert peaks[1] < 5_000_000


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsa_flow, "MOST_BYTES", 1_000)
    with pytest.raises(Unreadable, match="trop grand"):
        RsaFlow(io.BytesIO(WHOLE))


def names_read(content: bytes) -> list[str]:
    flow = RsaFlow(io.BytesIO(content))
    return [home.persons[0].get("NOM", "") for home in flow.households()]


def test_a_flow_cut_anywhere_gives_its_beginning() -> None:
    whole = names_read(WHOLE)
    assert len(whole) == 2
    for length in range(0, len(WHOLE), 41):
        try:
            found = names_read(WHOLE[:length])
        except Unreadable:
            found = []
        assert found == whole[: len(found)]


def test_a_flow_damaged_anywhere_is_read_or_refused() -> None:
    source = Random(7)
    for _ in range(300):
        damaged = bytearray(WHOLE)
        for _ in range(source.randrange(1, 4)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        with suppress(Unreadable):
            assert len(names_read(bytes(damaged))) <= 2
