"""What imports give back: models to fill in, rows left out that come back once corrected."""

from typing import Any

import pytest

from jalons.access.roles import Role
from jalons.exchange.files.reading import read
from jalons.exchange.sheets import SHEETS
from jalons.kernel.exports.formulas import neutral, plain
from jalons.territories.models import Organization
from tests.exchange.files import Desk, work
from tests.exchange.tables import PROFESSIONAL, a_structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.of()


def body(answer: Any) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def left_out(desk: Desk, url: str, suffix: str) -> bytes:
    return body(desk.client.post(f"{url}lignes-refusees/", {"format": suffix}))


def sent_again(desk: Desk, content: bytes, suffix: str) -> str:
    answer = desk.post(content, name=f"lignes.{suffix}")
    assert answer.status_code == 302, answer.content.decode()
    work()
    return str(answer.url)


@pytest.mark.parametrize("kind", ["structures", "professionnels"])
@pytest.mark.parametrize("suffix", SHEETS)
def test_a_model_is_read_and_its_example_left_out(desk: Desk, kind: str, suffix: str) -> None:
    model = body(desk.client.post("/imports/modele/", {"kind": kind, "format": suffix}))
    answer = desk.post(model, kind, f"modele.{suffix}", organization=desk.home.name)
    work()
    found = desk.found(answer.url)
    assert (found.rows, found.counts["rejected"]) == (1, 1)
    assert "l’exemple du modèle" in desk.read(answer.url)


def test_an_unknown_model_does_not_exist(desk: Desk) -> None:
    for form in ({"kind": "personnes", "format": "csv"}, {"kind": "structures", "format": "pdf"}):
        assert desk.client.post("/imports/modele/", form).status_code == 404


@pytest.mark.parametrize("suffix", SHEETS)
def test_rows_left_out_come_back_as_they_were(desk: Desk, suffix: str) -> None:
    """Formulas are neutral in the file, and what was guarded is not a difference."""
    bad = a_structure(
        1, Code_postal="9", Description="=1+1; -2", Nom="@Ateliers", Téléphones="+33639980001"
    )
    url = desk.imported(a_structure(), bad, a_structure(2, Siret="73282932000075"))
    content = left_out(desk, url, suffix)
    table = read(content, f"lignes.{suffix}")
    assert [row[:1] for row in table.rows] == [["'@Ateliers"], ["Association 2"]]
    assert not any(cell.startswith(("=", "+", "@")) for row in table.rows for cell in row)
    assert "Un code postal compte cinq chiffres." in table.rows[0][-1]
    again = sent_again(desk, content, suffix)
    found = desk.found(again)
    assert (found.rows, found.counts["rejected"], found.counts["ignored"]) == (2, 2, 0)
    assert desk.rows(again)[0].errors == desk.rows(url)[1].errors
    assert left_out(desk, again, suffix)


def test_corrected_rows_are_taken(desk: Desk) -> None:
    url = desk.imported(a_structure(1, Code_postal="9", Description="=1+1"))
    content = left_out(desk, url, "csv").replace(b'"9"', b'"90000"')
    again = sent_again(desk, content, "csv")
    desk.apply(again)
    work()
    assert Organization.objects.get(name="Association 1").description == "=1+1"


def test_an_export_needs_the_file_and_its_author(desk: Desk) -> None:
    url = desk.imported(a_structure(1, Code_postal="9"))
    other = desk.colleague(Role.COORDINATOR)
    assert other.client.post(f"{url}lignes-refusees/", {"format": "csv"}).status_code == 404
    assert desk.client.post(f"{url}lignes-refusees/", {"format": "pdf"}).status_code == 404
    url = desk.imported(PROFESSIONAL, kind="professionnels", organization=desk.home.name)
    answer = desk.client.post(f"{url}lignes-refusees/", {"format": "csv"}, follow=True)
    assert "Le fichier a été effacé" in answer.content.decode()


@pytest.mark.parametrize("text", ["=1+1", " =a", "-2", "+33 6", "@x", "l’été", "'cité", "a; b", ""])
def test_a_guard_is_taken_back(text: str) -> None:
    assert plain(neutral(text)) == text
    assert plain(text) == text


def test_the_notes_of_our_own_files_are_not_rows() -> None:
    content = b"Nom;Ville\r\nA;B\r\n\r\n# Titre;Lignes\r\n# Nombre de lignes;1\r\n"
    assert read(content, "lignes.csv").rows == [["A", "B"]]
