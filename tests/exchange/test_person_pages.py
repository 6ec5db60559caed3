"""Files of persons on the pages of imports: checked, compared, imported, mapped, erased."""

from datetime import timedelta

import pytest

from jalons.access.models import Consultation
from jalons.access.roles import Role
from jalons.exchange.actions.erase_files import erase_old
from jalons.exchange.models import HeaderMap, ImportedBlock, ImportedRow
from jalons.exchange.rules import KEPT
from jalons.journal import events
from jalons.kernel import clock
from jalons.people.models import Entry, Person, Status
from tests.clients import client_for
from tests.exchange.files import Desk, work
from tests.exchange.persons import a_person_row
from tests.exchange.tables import csv_of
from tests.worlds import a_follow_up, an_actor

pytestmark = pytest.mark.django_db
KIND = {"kind": "beneficiaires"}


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk.of(Role.DISPATCHER)


def imported(desk: Desk, *rows: dict[str, str]) -> str:
    return desk.imported(*rows, **KIND)


def test_a_file_is_checked_confirmed_and_imported(desk: Desk) -> None:
    rows = [a_person_row(), a_person_row(1), a_person_row(2, Date_de_naissance="31/02/1990")]
    url = desk.send(*rows, **KIND)
    work()
    page = desk.read(url)
    assert "<b>2</b><span>à créer" in page
    assert "Trabucq" in page
    assert "Cette date n’existe pas ou ne se lit pas." in page
    with desk.context():
        assert not Person.objects.exists()
    desk.apply(url)
    work()
    page = desk.read(url)
    assert "<b>2</b><span>créées" in page
    assert "Invitations" not in page
    with desk.context():
        assert Person.objects.count() == 2
    assert [row.outcome for row in desk.rows(url)] == ["created", "created", "rejected"]
    assert all(row.person for row in desk.rows(url)[:2])
    answer = desk.client.post(f"{url}lignes-refusees/", {"format": "csv"})
    sheet = answer.getvalue().decode("utf-8-sig")
    assert "Motif du refus" in sheet
    assert "31/02/1990" in sheet
    assert "Trabucq" not in sheet


def test_what_the_next_file_says_again_is_confirmed(desk: Desk) -> None:
    imported(desk, a_person_row(), a_person_row(1, RQTH="Oui"))
    with desk.context():
        events.append("people.status_corrected", territory=desk.actor.territory)
        Status.objects.filter(level="shared").update(
            confirmed_on=clock.today() - timedelta(days=40)
        )
    url = imported(desk, a_person_row(), a_person_row(2))
    assert [row.outcome for row in desk.rows(url)] == ["unchanged", "created"]
    with desk.context():
        days = Status.objects.filter(level="shared").values_list("confirmed_on", flat=True)
        assert set(days) == {clock.today()}


def test_what_changes_shows_the_known_value_to_who_may_read_it(desk: Desk) -> None:
    imported(desk, a_person_row(), a_person_row(1))
    with desk.context():
        known = Person.objects.get(given_name="Anaëlle")
        events.append("people.entry_closed", territory=desk.territory.pk)
        Entry.objects.filter(person=known).update(closed_on=clock.today(), close_motive="other")
    a_follow_up(known, an_actor(desk.home), "referent")
    again = [a_person_row(Téléphone="0639980044"), a_person_row(1, Téléphone="0639980045")]
    url = desk.checked(*again, **KIND)
    page = desk.read(f"{url}differences/")
    assert "06 39 98 00 21" in page
    assert "06 39 98 00 44" in page
    assert "06 39 98 00 45" in page
    with desk.context():
        told = Consultation.objects.filter(account=desk.actor.account).order_by("-id")
        listed = next(row.listed for row in told if row.page == "exchange:differences")
        assert listed == [Person.objects.get(given_name="Elwina").pk]


def test_headers_of_their_own_are_said_once(desk: Desk) -> None:
    def renamed(row: dict[str, str]) -> dict[str, str]:
        names = {"Identifiant dans le SI*": "N° dossier", "Date de naissance*": "Né(e) le"}
        return {names.get(header, header): value for header, value in row.items()}

    url = desk.send(renamed(a_person_row()), **KIND)
    page = desk.read(url)
    assert "Reconnaître les colonnes" in page
    assert "N° dossier" in page
    assert desk.found(url).state == "unmapped"
    answer = desk.client.post(f"{url}colonnes/", {"column0": "N° dossier"})
    assert answer.status_code == 422
    answer = desk.client.post(f"{url}colonnes/", {"column0": "N° dossier", "column1": "Né(e) le"})
    assert answer.status_code == 302
    work()
    assert desk.found(url).counts["created"] == 1
    assert "Trabucq" in desk.read(url)
    with desk.context():
        assert HeaderMap.objects.get().names == {
            "n dossier": "Identifiant dans le SI",
            "ne e le": "Date de naissance",
        }
    colleague = desk.colleague(Role.COORDINATOR)
    again = colleague.checked(renamed(a_person_row(1)), **KIND)
    assert colleague.found(again).counts["created"] == 1


def test_somebody_created_meanwhile_is_no_second_person(desk: Desk) -> None:
    first, second = (desk.checked(a_person_row(), a_person_row(1), **KIND) for _ in range(2))
    desk.apply(first)
    desk.apply(second)
    work()
    assert desk.found(second).counts["ambiguous"] == 2
    with desk.context():
        assert Person.objects.count() == 2
        assert Entry.objects.count() == 2


def test_rows_about_one_new_person_create_her_once(desk: Desk) -> None:
    rows = [a_person_row(1), a_person_row(1, Email="a@b.example"), a_person_row(2)]
    url = imported(desk, *rows)
    assert [row.outcome for row in desk.rows(url)] == ["created", "unchanged", "created"]
    with desk.context():
        assert Person.objects.count() == 2


def test_an_erased_file_leaves_no_trace_of_whom(desk: Desk) -> None:
    url = imported(desk, a_person_row(), a_person_row(1, Nom=""))
    with desk.context():
        assert ImportedBlock.objects.count() == 1
    with clock.travel(clock.now() + KEPT * 2):
        erase_old()
        desk.client = client_for(desk.actor)
        assert desk.client.get(f"{url}differences/").status_code == 302
    with desk.context():
        assert not ImportedBlock.objects.exists()
        assert not ImportedRow.objects.exclude(person=None).exists()


def test_two_files_of_a_thousand_and_one_rows_share_their_blocks(desk: Desk) -> None:
    """The second block begins where the first ends."""
    rows = [a_person_row(number) for number in range(1, 1002)]
    url = desk.checked(*rows, **KIND)
    found = desk.rows(url)
    assert [row.number for row in found] == list(range(1, 1002))
    assert {row.foreseen for row in found} == {"created"}


def test_a_practitioner_sends_no_file(desk: Desk) -> None:
    other = desk.colleague(Role.PRACTITIONER)
    assert other.post(csv_of(a_person_row()), "beneficiaires").status_code == 404
