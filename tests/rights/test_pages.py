"""The pages of rights, as their readers open them."""

from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.journal import events
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.rights import tasks
from jalons.rights.copies.ask import make_export
from jalons.rights.models import Hold, RightsRequest, StoredExport
from jalons.rights.requests.actions import Asked, record_request
from jalons.rights.requests.inventory import take_inventory
from tests.clients import client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_person,
    a_sealed_status,
    a_status,
    an_actor,
    an_organization,
    within,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole"])


@pytest.fixture
def case(transactional_db: None) -> Case:
    return a_case(family_name="Introuvable", given_name="Zéphyrine")


@pytest.fixture
def officer(case: Case) -> Any:
    return an_actor(case.partner, Role.CLERK, data_protection_from=clock.today())


def url(name: str, key: Any) -> str:
    return reverse(f"rights:{name}", args=[key])


def asked(case: Case) -> RightsRequest:
    with within(case.territory.pk, account=case.referente.account):
        return record_request(
            case.referente, case.person.pk, Asked("erasure", "letter", clock.today())
        )


def text(response: Any) -> str:
    return " ".join(
        unescape(response.content.decode()).replace("\u00a0", " ").replace("\u202f", " ").split()
    )


def test_the_referente_records_a_request(case: Case) -> None:
    client, path = client_for(case.referente), url("person", case.person.pk)
    assert "Aucune demande" in text(client.get(path))
    late = {"kind": "access", "channel": "letter", "received_on": "2999-01-01"}
    assert client.post(path, late).status_code == 422
    assert client.post(path, {}).status_code == 422
    today = clock.today()
    sent = late | {"received_on": today.isoformat()}
    assert client.post(path, sent).status_code == 302
    assert "Accès à ses données" in text(client.get(path))
    found = RightsRequest.objects.using("whole").get()
    assert found.due_on > today


def test_a_copy_is_asked_made_and_downloaded(case: Case) -> None:
    a_sealed_status(case.person, case.referente)
    client = client_for(case.referente)
    client.post(url("export", case.person.pk))
    stored = StoredExport.objects.using("whole").get()
    assert "En préparation" in text(client.get(url("person", case.person.pk)))
    assert client.post(url("download", stored.pk)).status_code == 404
    make_export(stored.pk)
    assert "Télécharger" in text(client.get(url("person", case.person.pk)))
    answer = client.post(url("download", stored.pk))
    assert answer["Content-Disposition"].startswith('attachment; filename="copie-2')
    assert answer["Cache-Control"] == "no-store"
    assert ZipFile(BytesIO(answer.content)).namelist() == ["copie.pdf", "copie.json"]
    assert Event.objects.using("whole").filter(kind="rights.file_export_downloaded").exists()
    for other in (case.collegue, case.etrangere):
        assert client_for(other).post(url("download", stored.pk)).status_code == 404


@pytest.fixture
def consulted(case: Case) -> Client:
    """A colleague of a sensitive structure read the file, a stranger was refused."""
    discreet = an_actor(an_organization(case.territory, "CSAPA discret", sensitive=True))
    a_follow_up(case.person, discreet)
    path = reverse("people:identity", args=[case.person.pk])
    client_for(discreet).get(path)
    client_for(case.partenaire).get(path)
    return client_for(case.referente)


def test_the_referente_reads_who_consulted(case: Case, consulted: Client) -> None:
    path = url("consultations", case.person.pk)
    page = text(consulted.get(path))
    assert "CSAPA discret" in page
    assert "Page du dossier" in page
    assert "Accompagne la personne" in page
    assert "CCAS" not in page
    refused = text(consulted.get(path + "?vue=refus"))
    assert "CCAS" in refused
    assert "CSAPA" not in refused
    again = text(consulted.get(path))
    assert "Liste des consultations" in again
    seen = Consultation.objects.using("whole").filter(page="rights:consultations")
    assert seen.count() == 3


def test_a_period_bounds_both_days(case: Case, consulted: Client) -> None:
    path, today = url("consultations", case.person.pk), clock.today()
    tomorrow = today + timedelta(days=1)
    assert "Page du dossier" in text(consulted.get(f"{path}?du={today}&au={today}"))
    assert "Aucune consultation" in text(consulted.get(f"{path}?du={tomorrow}"))
    yesterday = today - timedelta(days=1)
    assert "Aucune consultation" in text(consulted.get(f"{path}?au={yesterday}"))
    assert "Écrivez la date" in text(consulted.get(f"{path}?du=demain"))


@pytest.mark.parametrize("suffix", ["csv", "pdf"])
def test_the_file_names_no_sensitive_structure(case: Case, consulted: Client, suffix: str) -> None:
    asked = {"format": suffix, "purpose": "rights", "words": "Demande de la personne"}
    answer: Any = consulted.post(url("consultations_export", case.person.pk), asked)
    content = answer.getvalue()
    assert answer["Content-Disposition"].startswith('attachment; filename="consultations-2')
    assert content
    if suffix == "csv":
        said = content.decode("utf-8-sig")
        assert "Une structure du consortium" in said
        assert "CSAPA" not in said
        assert "Zéphyrine" not in said


def test_pages_follow_each_other(case: Case) -> None:
    client = client_for(case.referente)
    for _ in range(25):
        client.get(reverse("access:why", args=[case.person.pk]))
    path = url("consultations", case.person.pk)
    first = client.get(path)
    assert "1 à 20" in text(first)
    following = first.context["page"].next
    assert following
    assert "21 à 26 sur 26" in text(client.get(path, {"page": following}))


def test_the_officer_reads_counts_and_no_content(case: Case, officer: Any) -> None:
    a_status(case.person, label="Titulaire du RSA témoin")
    a_sealed_status(case.person, case.referente)
    request = asked(case)
    take_inventory(request.pk)
    client = client_for(officer)
    for path in (reverse("rights:requests"), url("request", request.pk)):
        page = text(client.get(path))
        assert "Scellé : " in page
        assert "Z. I., 1990" in page
        for word in ("Zéphyrine", "Introuvable", "témoin", "judiciaire"):
            assert word not in page
    assert client.get(reverse("people:identity", args=[case.person.pk])).status_code == 404
    assert "Demandes des personnes" in text(client.get("/file-active/"))


def test_nobody_else_reads_the_requests(case: Case) -> None:
    request = asked(case)
    for actor in (case.referente, case.etrangere, *case.others.values()):
        client = client_for(actor)
        assert client.get(reverse("rights:archives")).status_code == 404
        assert client.get(reverse("rights:requests")).status_code == 404
        assert client.get(url("request", request.pk)).status_code == 404
        assert "Demandes des personnes" not in text(client.get("/mon-compte/"))


def test_the_officer_answers_once(case: Case, officer: Any) -> None:
    path, client = url("request", asked(case).pk), client_for(officer)
    assert client.post(path, {"outcome": "granted"}).status_code == 422
    sent = {"outcome": "refused", "text": "Refus motivé par la loi"}
    assert client.post(path, sent).status_code == 302
    assert "Refus motivé par la loi" in text(client.get(path))
    assert client.post(path, sent).status_code == 422
    row = RightsRequest.objects.using("whole").get()
    assert b"loi" not in bytes(row.answer or b"")


def test_the_officer_holds_then_erases(
    case: Case, officer: Any, settings: Any, tmp_path: Any
) -> None:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
    request, client = asked(case), client_for(officer)
    key, back = case.person.pk, {"demande": str(request.pk)}
    until = (clock.today() + timedelta(days=30)).isoformat()
    client.post(url("hold", key), back | {"motive": "litigation", "until": "hier"})
    client.post(url("hold", key), back | {"motive": "litigation", "until": "2001-01-01"})
    assert not Hold.objects.using("whole").exists()
    answer = client.post(url("hold", key), back | {"motive": "litigation", "until": until})
    assert answer["Location"] == url("request", request.pk)
    assert "Contentieux en cours" in text(client.get(url("request", request.pk)))
    client.post(url("erase", key))
    assert not Event.objects.using("whole").filter(kind="rights.erasure_asked").exists()
    client.post(url("hold", key), {"lever": "1"})
    client.post(url("erase", key))
    assert Event.objects.using("whole").filter(kind="rights.erasure_asked").exists()
    tasks.erase_person(str(key), case.territory.pk)
    assert client.get(url("request", request.pk)).status_code == 404
    assert "Aucune demande" in text(client.get(reverse("rights:requests")))


def test_the_officer_reopens_an_archived_file(case: Case, officer: Any) -> None:
    a_person(case.territory)
    with within(case.territory.pk):
        events.append("rights.file_archived", territory=case.territory.pk)
        case.person.archived_at = clock.now()
        case.person.save()
    client = client_for(officer)
    page = text(client.get(reverse("rights:archives")))
    assert "Z. I., 1990" in page
    client.post(url("reopen", case.person.pk), {"reason": "non"})
    assert "Z. I., 1990" in text(client.get(reverse("rights:archives")))
    client.post(url("reopen", case.person.pk), {"reason": "La personne est revenue"})
    assert "Aucun dossier archivé" in text(client.get(reverse("rights:archives")))
    identity = reverse("people:identity", args=[case.person.pk])
    assert client_for(case.referente).get(identity).status_code == 200


def test_the_officer_erases_a_frozen_or_an_archived_file(case: Case, officer: Any) -> None:
    archived = a_person(case.territory, given_name="Noémie", archived_at=clock.now())
    frozen = a_person(case.territory, given_name="Zoé", frozen_at=clock.now())
    client, path = client_for(officer), reverse("rights:archives")
    page = text(client.get(path))
    assert "Transféré" in page
    assert "Archivé" in page
    for person in (archived, frozen):
        answer = client.post(url("erase", person.pk), {"demande": "archives"})
        assert (answer.status_code, answer["Location"]) == (302, path)
    asked_of = Event.objects.using("whole").filter(kind="rights.erasure_asked")
    assert {event.person for event in asked_of} == {archived.pk, frozen.pk}
    for other in ("hold", "reopen", "export"):
        assert client.post(url(other, frozen.pk), {}).status_code == 404
    assert client_for(case.referente).post(url("erase", frozen.pk)).status_code == 404
