"""RSA flows and extracts of France Travail on the pages of imports."""

from typing import Any

import pytest

from jalons.access.roles import Role
from jalons.exchange import kept_blocks
from jalons.exchange.files.persons.blocks import pack
from jalons.exchange.models import TakenFlow
from jalons.people.models import Person
from tests.exchange.files import Desk, work
from tests.exchange.flows import SECRETS, a_flow, a_household, a_member
from tests.exchange.test_france_travail import PRINCIPAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.of(Role.DISPATCHER)


def sent(desk: Desk, content: bytes) -> Any:
    return desk.post(content, "caf-rsa", "flux.xml")


def checked(desk: Desk, content: bytes) -> str:
    answer = sent(desk, content)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return str(answer.url)


def test_a_flow_is_checked_then_imported(desk: Desk) -> None:
    away = a_household(a_member(2, NOM="ECARTEE"), NUMCOM="68001")
    content = a_flow(a_household(a_member(), a_member(1, NOM="")), away)
    url = checked(desk, content)
    page = desk.read(url)
    assert "<b>1</b><span>à créer" in page
    assert "<b>1</b><span>écartées" in page
    assert "celui du foyer" in page
    desk.apply(url)
    work()
    page = desk.read(url)
    assert "le prochain flux" in page
    assert "lignes-refusees" not in page
    with desk.context():
        assert Person.objects.get().family_name == "TRÉBOULA"
        assert str(TakenFlow.objects.get().as_of) == "2026-10-31"


def test_what_is_not_listed_is_stored_nowhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[str] = []

    def seen(value: Any) -> bytes:
        kept.append(str(value))
        return pack(value)

    monkeypatch.setattr(kept_blocks, "pack", seen)
    sent(desk, a_flow(a_household(), a_household(a_member(1, NOM="ECARTEE"), NUMCOM="68001")))
    said = "".join(kept)
    assert "TRÉBOULA" in said
    assert not [each for each in (*SECRETS, "ECARTEE", "90010", "'900'") if each in said]


def test_an_older_flow_is_refused_with_its_days(desk: Desk) -> None:
    desk.apply(checked(desk, a_flow(a_household())))
    answer = sent(desk, a_flow(a_household(), reference="2026-09-30"))
    assert answer.status_code == 422
    assert "30/09/2026" in answer.content.decode()


def test_a_newer_flow_taken_meanwhile_stops_an_older_one(desk: Desk) -> None:
    older = checked(desk, a_flow(a_household(), reference="2026-09-30", created="2026-10-05"))
    desk.apply(checked(desk, a_flow(a_household())))
    desk.apply(older)
    assert desk.found(older).state == "checked"
    assert "30/09/2026" in desk.read(older)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (a_flow(a_household(NUMCOM="68001")), "personne de votre territoire"),
        (b"<!DOCTYPE a []><Racine/>", "entités"),
        (b"Nom;Prenom", "flux RSA"),
    ],
)
def test_a_file_refused_says_why(desk: Desk, content: bytes, why: str) -> None:
    answer = sent(desk, content)
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_flow_that_breaks_says_so(desk: Desk) -> None:
    whole = a_flow(a_household(), a_household(a_member(1)))
    page = desk.read(checked(desk, whole[: whole.rindex(b"PrestationRSA")]))
    assert "à la ligne 4" in page


def test_what_a_right_becomes_is_shown_before_it_is_taken(desk: Desk) -> None:
    desk.apply(checked(desk, a_flow(a_household())))
    work()
    url = checked(desk, a_flow(a_household(ETATDOSRSA="4", MOTISUSVERSRSA="06")))
    page = desk.read(f"{url}differences/")
    assert "Droit ouvert, versement suspendu" in page


def test_nobody_fills_a_flow_in(desk: Desk) -> None:
    page = desk.read("/imports/nouveau/")
    assert page.count("caf-rsa") == 1
    assert (
        desk.client.post("/imports/modele/", {"kind": "caf-rsa", "format": "csv"}).status_code
        == 404
    )


def test_an_extract_of_france_travail(desk: Desk) -> None:
    url = desk.imported(PRINCIPAL, kind="france-travail")
    assert [row.outcome for row in desk.rows(url)] == ["created"]
    assert "créées" in desk.read(url)
