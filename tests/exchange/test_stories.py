"""Stories of files of persons, told in French and played by the client: no window is opened."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from pytest_bdd import parsers, scenarios, step

from jalons.access.roles import Role
from jalons.people.models import Entry, Person
from tests.exchange.files import Desk, work
from tests.exchange.persons import a_person_row
from tests.exchange.tables import csv_of, xlsx_of

pytestmark = pytest.mark.django_db
scenarios("features")

KIND = "beneficiaires"
IMPOSSIBLE, CORRECTED = "31/02/1990", "28/02/1990"


class Month:
    """A département, the file that it sent last, and where its import stands."""

    def __init__(self) -> None:
        self.desk = Desk.of(Role.DISPATCHER)
        self.rows: list[dict[str, str]] = []
        self.url = ""

    def send(self, rows: list[dict[str, str]]) -> None:
        self.rows = rows
        self.post(csv_of(*rows), "liste.csv")

    def post(self, content: bytes, name: str) -> None:
        answer = self.desk.post(content, KIND, name)
        assert answer.status_code == 302, answer.content.decode()
        self.url = answer.url
        work()

    def reads(self, *texts: str) -> None:
        page = self.desk.read(self.url)
        for text in texts:
            number, _, words = text.partition(" ")
            assert f"<b>{number}</b><span>{words}" in page

    def known(self) -> int:
        with self.desk.context():
            return Person.objects.count()


@step("un département qui envoie ses fichiers de bénéficiaires", target_fixture="month")
def _month(db: None) -> Month:
    return Month()


@step(parsers.parse("il envoie {count:d} personnes"))
def _sends(month: Month, count: int) -> None:
    month.send([a_person_row(number, Téléphone=_phone(number)) for number in range(1, count + 1)])


@step(parsers.parse("il envoie {count:d} personnes, dont {wrong:d} avec une date impossible"))
def _sends_wrong(month: Month, count: int, wrong: int) -> None:
    rows = [a_person_row(number) for number in range(1, count + 1)]
    for row in rows[:wrong]:
        row["Date de naissance*"] = IMPOSSIBLE
    month.send(rows)


@step(
    parsers.parse(
        "il envoie le mois suivant : {count:d} personnes, dont {changed:d} ont changé de téléphone"
        " et {new:d} est nouvelle"
    )
)
def _sends_next(month: Month, count: int, changed: int, new: int) -> None:
    rows = [dict(row) for row in month.rows[: count - new]]
    for number, row in enumerate(rows[:changed]):
        row["Téléphone"] = _phone(90 + number)
    month.send([*rows, *(a_person_row(200 + number) for number in range(new))])


@step("il envoie le même fichier une fois de plus")
def _sends_again(month: Month) -> None:
    month.send(month.rows)


@step("il ouvre les lignes refusées dans un tableur, corrige les dates et renvoie le classeur")
def _corrects(month: Month) -> None:
    answer: Any = month.desk.client.post(f"{month.url}lignes-refusees/", {"format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    rows = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    found = sum(cell == IMPOSSIBLE for row in rows for cell in row)
    assert found == 2
    corrected = [[CORRECTED if cell == IMPOSSIBLE else cell for cell in row] for row in rows]
    month.post(xlsx_of(*corrected), "lignes.xlsx")


@step(parsers.parse("il lit « {text} » avant que rien ne soit enregistré"))
def _reads_before(month: Month, text: str) -> None:
    before = month.known()
    month.reads(text)
    assert month.known() == before


@step(parsers.parse("il lit « {one} » et « {other} »"))
def _reads_both(month: Month, one: str, other: str) -> None:
    month.reads(one, other)


@step("il voit l’ancien téléphone à côté du nouveau")
def _sees(month: Month) -> None:
    page = month.desk.read(f"{month.url}differences/")
    assert _shown(1) in page
    assert _shown(90) in page
    assert _shown(3) not in page


@step("il confirme l’import")
def _confirms(month: Month) -> None:
    month.desk.apply(month.url)
    work()
    assert month.desk.found(month.url).state == "applied"


@step(parsers.parse("{count:d} personnes sont connues, chacune avec son entrée"))
def _are_known(month: Month, count: int) -> None:
    assert month.known() == count
    with month.desk.context():
        assert Entry.objects.values("person").distinct().count() == count
        assert Entry.objects.count() == count


def _phone(number: int) -> str:
    return f"06399800{number:02}"


def _shown(number: int) -> str:
    return f"06 39 98 00 {number:02}"
