"""The pages of imports: a file is sent, checked, confirmed, imported, reported."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.access.roles import Role
from jalons.exchange.actions.erase_files import erase_old
from jalons.exchange.rules import KEPT, MOST_WAITING, STILL
from jalons.journal.models import Event, Notification
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.territories.actors import POLLED
from jalons.territories.models import Invitation, Mandate, Organization
from tests.clients import client_for
from tests.exchange.files import Desk, work
from tests.exchange.tables import PROFESSIONAL, a_structure, csv_of, xlsx_of
from tests.worlds import a_mandate, an_actor, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.of()


def written() -> int:
    return Organization.objects.count() + Invitation.objects.count()


def kinds_of(desk: Desk) -> list[str]:
    with desk.context():
        found = Event.objects.filter(kind__startswith="exchange.").order_by("position")
        return [event.kind.removeprefix("exchange.import_") for event in found]


def test_nothing_is_written_before_it_is_confirmed(desk: Desk) -> None:
    before = written()
    url = desk.send(a_structure(), a_structure(1, Code_postal=""), a_structure(2, Ville="Autun"))
    assert "Vérification en cours" in desk.read(url)
    work()
    page = desk.read(url)
    assert "<b>2</b><span>à créer" in page
    assert "Cette cellule est obligatoire." in page
    assert "Cette ville n’a pas ce code postal." in page
    assert "Les Ateliers du Fil" in page
    assert written() == before
    desk.apply(url)
    assert written() == before
    work()
    page = desk.read(url)
    assert "<b>2</b><span>créées" in page
    assert "2 invitations préparées. Aucun courriel n’est parti." in page
    assert written() == before + 4
    assert kinds_of(desk) == ["received", "checked", "applying", "applied"]


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    rows = [a_structure(number) for number in range(1, 6)]
    desk.imported(*rows)
    before = written()
    url = desk.checked(*rows)
    assert "Fichier déjà importé." in desk.read(url)
    desk.apply(url)
    work()
    assert desk.found(url).counts["unchanged"] == 5
    assert written() == before


def test_asked_twice_it_is_done_once(desk: Desk) -> None:
    url = desk.checked(a_structure())
    desk.apply(url)
    desk.apply(url)
    work()
    answer = desk.client.post(f"{url}importer/", follow=True)
    assert "Cet acte n’est plus possible" in answer.content.decode()
    assert desk.found(url).counts["created"] == 1
    assert kinds_of(desk).count("applying") == 1


def test_two_files_at_once_agree(desk: Desk) -> None:
    rows = [a_structure(number) for number in range(1, 4)]
    other = desk.colleague(Role.DISPATCHER)
    first, second = desk.checked(*rows), other.checked(*rows)
    desk.apply(first)
    other.apply(second)
    work()
    assert desk.found(first).counts["created"] == 3
    assert other.found(second).counts["unchanged"] == 3
    assert Organization.objects.filter(name__startswith="Association").count() == 3


def test_an_import_is_cancelled_between_two_rows(desk: Desk) -> None:
    url = desk.checked(a_structure(1))
    desk.client.post(f"{url}annuler/")
    work()
    assert "Cet import a été annulé" in desk.read(url)
    assert not desk.kept(url)
    url = desk.checked(a_structure(1))
    desk.apply(url)
    desk.client.post(f"{url}annuler/")
    before = written()
    work()
    assert written() == before
    assert desk.found(url).state == "cancelled"
    assert "Toutes les lignes n’ont pas été importées." in desk.read(url)


def test_an_import_that_stopped_says_so_and_takes_up(desk: Desk) -> None:
    url = desk.checked(a_structure(1))
    desk.apply(url)
    assert "n’avance plus" not in desk.read(url)
    later = clock.now() + STILL + timedelta(minutes=1)
    with clock.travel(later):
        desk.client = client_for(desk.actor)
        assert "n’avance plus" in desk.read(url)
        desk.apply(url)
        work()
        assert desk.found(url).counts["created"] == 1


def test_the_progress_alone_is_asked_again(desk: Desk) -> None:
    url = desk.send(a_structure())
    asked = {"HX-Request": "true", "HX-Target": "progress"}
    part = desk.client.get(url, headers=asked).content.decode()
    assert 'id="progress"' in part
    assert f'"{POLLED}": "1"' in part
    work()
    assert desk.client.get(url, headers=asked).headers["HX-Refresh"] == "true"
    assert "HX-Refresh" not in desk.client.get(url).headers


# A mandate that ends, an account that is disabled


def the_mandate_ends(desk: Desk) -> None:
    today = clock.today()
    Mandate.objects.filter(pk__in=[desk.actor.mandate]).update(ends_on=today)


def the_account_is_disabled(desk: Desk) -> None:
    mandate = Mandate.objects.select_related("account").get(pk__in=[desk.actor.mandate])
    mandate.account.disabled_at = clock.now()
    mandate.account.save()


def the_role_changes(desk: Desk) -> None:
    Mandate.objects.filter(pk__in=[desk.actor.mandate]).update(role=Role.CLERK)


LOSSES = [the_mandate_ends, the_account_is_disabled, the_role_changes]


@pytest.mark.parametrize("loss", LOSSES)
def test_a_right_lost_before_the_check(desk: Desk, loss: Any) -> None:
    url = desk.send(a_structure())
    loss(desk)
    work()
    assert desk.found(url).state == "refused"


@pytest.mark.parametrize("loss", LOSSES)
def test_a_right_lost_before_it_is_confirmed(desk: Desk, loss: Any) -> None:
    url = desk.checked(a_structure())
    loss(desk)
    answer = desk.client.post(f"{url}importer/")
    assert answer.status_code in {403, 404} or "/connexion/" in answer.url
    work()
    assert desk.found(url).state == "checked"
    assert not Organization.objects.filter(name="Les Ateliers du Fil").exists()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_right_lost_before_the_job(desk: Desk, loss: Any) -> None:
    url = desk.checked(a_structure())
    desk.apply(url)
    loss(desk)
    work()
    assert desk.found(url).state == "refused"
    assert not Organization.objects.filter(name="Les Ateliers du Fil").exists()


# Who


def test_a_manager_imports_for_their_own_structure(db: None) -> None:
    desk = Desk.of(Role.MANAGER)
    assert "Structure des professionnels" not in desk.read("/imports/nouveau/")
    url = desk.imported(PROFESSIONAL, kind="professionnels")
    assert desk.found(url).counts["created"] == 1
    assert Invitation.objects.get().organization == desk.home
    url = desk.imported(a_structure(1))
    assert desk.found(url).counts["rejected"] == 1


def test_professionals_work_somewhere(desk: Desk) -> None:
    for organization, said in [("", "Dites dans quelle"), ("Nulle part", "Aucune structure")]:
        answer = desk.post(csv_of(PROFESSIONAL), "professionnels", organization=organization)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    url = desk.imported(PROFESSIONAL, kind="professionnels", organization="conseil du fil")
    assert desk.found(url).organization == desk.home
    assert "professionnels" not in desk.read(url)


def test_the_history_shows_the_others_as_counts(desk: Desk) -> None:
    other = desk.colleague(Role.DISPATCHER)
    manager = desk.colleague(Role.MANAGER)
    url = desk.imported(a_structure(1))
    assert url in desk.read("/imports/")
    page = other.read("/imports/")
    assert url not in page
    assert "1 créée" in page
    assert other.client.get(url).status_code == 404
    assert "Aucun fichier envoyé" in manager.read("/imports/")
    elsewhere = Desk.of()
    assert "Aucun fichier envoyé" in elsewhere.read("/imports/")


def test_another_mandate_of_the_same_account_does_not_read_it(desk: Desk) -> None:
    url = desk.checked(a_structure())
    mandate = Mandate.objects.get(pk__in=[desk.actor.mandate])
    other = an_actor(an_organization(desk.territory), Role.COORDINATOR, account=mandate.account)
    assert client_for(other).get(url).status_code == 404
    assert a_mandate(desk.home).account != mandate.account


def test_its_author_is_told_of_the_end(desk: Desk) -> None:
    url = desk.imported(a_structure())
    with desk.context():
        kinds = list(Notification.objects.values_list("kind", "account"))
    assert kinds == [("exchange.import_applied", desk.actor.account)]
    page = desk.read("/alertes/")
    assert "Import terminé" in page
    assert url in page


# What stays


def test_the_file_is_kept_encrypted_then_erased(desk: Desk) -> None:
    url = desk.imported(a_structure(), a_structure(1, Code_postal=""))
    with connection.cursor() as cursor, desk.context():
        cursor.execute("SELECT f.*, i.* FROM exchange_importedfile f, exchange_import i")
        stored = b" ".join(
            bytes(value) if isinstance(value, memoryview) else str(value).encode()
            for row in cursor.fetchall()
            for value in row
        )
    for word in (b"bavoux", b"Ateliers", b"liste.csv", b"Association 1"):
        assert word not in stored
    assert desk.kept(url)
    limit = desk.found(url).recorded_at + KEPT
    with clock.travel(limit):
        assert erase_old() == 0
    with clock.travel(limit + timedelta(seconds=1)):
        assert erase_old() == 1
        assert erase_old() == 0
    assert not desk.kept(url)
    assert "a été effacé" in desk.read(url)
    assert desk.found(url).state == "applied"


def test_what_waits_too_long_is_not_imported(desk: Desk) -> None:
    url = desk.checked(a_structure())
    with clock.travel(clock.now() + KEPT + timedelta(seconds=1)):
        erase_old()
    work()
    assert desk.found(url).state == "expired"
    assert "Le fichier a été effacé" in desk.read(url)
    answer = desk.client.post(f"{url}importer/", follow=True)
    assert "n’est plus possible" in answer.content.decode()


def test_nothing_to_correct_keeps_nothing(desk: Desk) -> None:
    assert not desk.kept(desk.imported(a_structure()))


def test_nothing_personal_stands_beside_the_file(desk: Desk) -> None:
    desk.imported(
        a_structure(**{"Courriel responsable": "ines bavoux@x", "Nom responsable": "Zqbavoux"}),
        a_structure(1, Nom_responsable="Zqbavoux" * 20),
    )
    with connection.cursor() as cursor, desk.context():
        for table in ("exchange_import", "exchange_importedrow"):
            cursor.execute(f"SELECT {table}::text FROM {table}")
            assert "bavoux" not in str(cursor.fetchall()).lower()
        events = Event.objects.filter(kind__startswith="exchange.")
        told = [disclose(event) for event in events.order_by("position")]
    assert told
    assert "bavoux" not in str(told).lower()


# Refusals


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "liste.csv", "vide"),
        (b" \r\n", "liste.csv", "vide"),
        (csv_of(a_structure()).decode().encode("utf-16"), "liste.csv", "CSV UTF-8"),
        (xlsx_of(["Nom"], ["A"]), "liste.csv", "n’est pas un fichier CSV"),
        (csv_of(a_structure()), "liste.xlsx", "n’est pas un classeur"),
        (xlsx_of(["Nom"])[:200], "liste.xlsx", "ne s’ouvre pas"),
        (b"%PDF-1.7", "liste.pdf", "CSV, XLSX ou ODS"),
        (b"Nom;Ville\nA;B", "liste.csv", "Gardez la première ligne du modèle"),
        (csv_of(a_structure()).splitlines()[0], "liste.csv", "que les titres"),
        (b'Nom;Ville\n"A;B', "liste.csv", "guillemet"),
        (b"Nom;Ville\n" + b"a;b\n" * 20_001, "liste.csv", "Partagez-le"),
        (b"x" * 10_000_001, "liste.csv", "10\u00a0Mo"),
    ],
    ids=[
        "empty",
        "blank",
        "another encoding",
        "a workbook named csv",
        "a text named xlsx",
        "cut",
        "pdf",
        "a column that misses",
        "no row",
        "an open quote",
        "too many rows",
        "too heavy",
    ],
)
def test_a_file_that_is_not_read_says_what_to_do(
    desk: Desk, content: bytes, name: str, said: str
) -> None:
    answer = desk.post(content, name=name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Aucun fichier envoyé" in desk.read("/imports/")


def test_a_body_beyond_the_bound_is_refused_before_it_is_read(desk: Desk) -> None:
    answer = desk.post(b"x" * 12_000_001)
    assert answer.status_code == 413
    assert "trop lourd" in answer.content.decode()


def test_nothing_is_sent_without_file_nor_kind(desk: Desk) -> None:
    answer = desk.client.post("/imports/nouveau/", {"kind": "personnes"})
    assert answer.status_code == 422
    assert "Choisissez un fichier." in answer.content.decode()
    assert "Choisissez ce que contient le fichier." in answer.content.decode()


def test_files_do_not_pile_up(desk: Desk) -> None:
    for number in range(MOST_WAITING):
        desk.send(a_structure(number))
    answer = desk.post(csv_of(a_structure()))
    assert answer.status_code == 422
    assert "attendent déjà" in answer.content.decode()


# What pages cost


def queries_of(desk: Desk, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert desk.client.get(url).status_code == 200
    return len(seen)


def test_a_page_costs_the_same_whatever_its_rows(desk: Desk) -> None:
    small = desk.checked(a_structure(1, Code_postal=""))
    few, one = queries_of(desk, small), queries_of(desk, "/imports/")
    large = desk.checked(*(a_structure(number, Code_postal="") for number in range(1, 60)))
    assert queries_of(desk, large) == few + 1  # the rows are counted
    assert queries_of(desk, "/imports/") == one
    assert few <= 22
    assert one <= 14
