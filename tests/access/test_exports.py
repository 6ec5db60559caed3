"""Row 34: a list leaves for a purpose that is said and lawful; every export is logged."""

import csv
import io

import pytest
from django.test import Client

from jalons.access.exporting import WORDS
from jalons.access.models import Consultation, Export
from jalons.access.purposes import PURPOSES, forbidden
from jalons.journal.models import Event
from jalons.kernel import crypto
from tests.clients import client_for
from tests.worlds import Case, a_case, within

pytestmark = pytest.mark.django_db

URL = "/file-active/export/"
ASKED = {"format": "csv", "filtre": "tous"}
SAID = ASKED | {"purpose": "coordinate", "words": "Réunion du 3 décembre"}


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


@pytest.fixture
def client(case: Case) -> Client:
    return client_for(case.referente)


def logged(case: Case) -> list[Export]:
    with within(case.territory.pk):
        return list(Export.objects.order_by("recorded_at"))


def kinds(case: Case) -> list[str]:
    with within(case.territory.pk):
        found = Event.objects.filter(kind__startswith="access.export").order_by("position")
        return list(found.values_list("kind", flat=True))


def test_the_purpose_is_asked_and_nothing_leaves(client: Client, case: Case) -> None:
    answer = client.post(URL, ASKED)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Pourquoi exporter cette liste" in page
    assert '<input type="hidden" name="filtre" value="tous">' in page
    assert case.person.family_name not in page
    assert logged(case) == []
    with within(case.territory.pk):
        assert not Consultation.objects.filter(page="desk:caseload_export").exists()


def test_the_file_says_why_it_exists_and_until_when(client: Client, case: Case) -> None:
    answer = client.post(URL, SAID)
    assert answer["Content-Disposition"].startswith("attachment")
    text = answer.getvalue().decode("utf-8-sig") if answer.streaming else answer.content.decode()
    assert case.person.family_name in text
    for said in ("Coordonner les parcours", "L. 263-4-1", "À détruire avant le"):
        assert said in text
    assert next(csv.reader(io.StringIO(text), delimiter=";"))[0].endswith("Personne")
    (row,) = logged(case)
    assert (row.page, row.purpose, row.rows, row.refused) == (
        "desk:caseload_export",
        "coordinate",
        1,
        False,
    )
    assert (
        crypto.decrypt(bytes(row.words), f"{WORDS}:{row.pk}")
        == b"R\xc3\xa9union du 3 d\xc3\xa9cembre"
    )
    assert kinds(case) == ["access.exported"]
    with within(case.territory.pk):
        (opened,) = Consultation.objects.filter(page="desk:caseload_export")
    assert opened.listed == [case.person.pk]


@pytest.mark.parametrize(
    "said",
    [
        {"purpose": "control"},
        {"purpose": "coordinate", "words": "liste des radiations à prononcer"},
        {"purpose": "quality", "words": "Contrôle des allocataires"},
        {"purpose": "statistics", "words": "repérer la FRAUDE"},
    ],
)
def test_a_sanction_is_refused_and_the_refusal_is_logged(
    client: Client, case: Case, said: dict[str, str]
) -> None:
    answer = client.post(URL, SAID | said)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "L’export est refusé" in page
    assert case.person.family_name not in page
    (row,) = logged(case)
    assert (row.refused, row.rows, row.destroy_on) == (True, 0, None)
    assert kinds(case) == ["access.export_refused"]


@pytest.mark.parametrize("words", ["", "ok", " "])
def test_a_purpose_without_words_is_asked_again(client: Client, case: Case, words: str) -> None:
    assert client.post(URL, SAID | {"words": words}).status_code == 422
    assert client.post(URL, SAID | {"purpose": "autre"}).status_code == 422
    assert logged(case) == []


def test_every_purpose_has_its_basis_or_its_refusal() -> None:
    for purpose in PURPOSES.values():
        assert bool(purpose.basis) != bool(purpose.forbidden)
        assert bool(forbidden(purpose, "Réunion d’équipe")) == bool(purpose.forbidden)


@pytest.mark.parametrize("words", ["Produit de la réunion", "Individus présents", "Formation"])
def test_ordinary_words_are_not_suspected(words: str) -> None:
    assert not forbidden(PURPOSES["accompany"], words)
