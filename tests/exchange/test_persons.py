"""Files of beneficiaries: whom they create, what they change, and what replaying them does not."""

from pathlib import Path

import pytest

from jalons.people.models import Contact, Entry, Identifier, Person, Status
from tests.databases import ROOT
from tests.exchange.imports import Consortium, counted, kinds
from tests.exchange.persons import a_person_row, persons
from tests.exchange.tables import csv_of
from tests.worlds import within

pytestmark = pytest.mark.django_db

SHARED = ROOT.parent / "shared" / "data" / "imports"


@pytest.fixture
def here(tmp_path: Path) -> Consortium:
    return Consortium.made(tmp_path)


def test_a_row_makes_a_person_with_all_that_it_says(here: Consortium) -> None:
    answer = persons(here, a_person_row())
    assert counted(answer) == {"rows": 1, "created": 1}
    assert kinds(answer["warnings"]) == [(1, "Téléphone", "bad_format")]
    with within(here.territory.pk):
        made = Person.objects.get(family_name="Trabucq")
        assert (made.given_name, str(made.birth_date), made.commune) == (
            "Elwina",
            "1997-04-22",
            "90010",
        )
        assert set(made.sources) == {"family_name", "given_name", "birth_date", "commune"}
        assert Contact.objects.filter(person=made, source=here.home).count() == 3
        found = Identifier.objects.filter(person=made).values_list("kind", flat=True)
        assert set(found) == {"si", "caf", "ft"}
        entry = Entry.objects.get(person=made)
        assert (entry.door, entry.origin) == (here.home, "partner")
        said = set(Status.objects.filter(person=made).values_list("kind", flat=True))
        assert said == {
            "rsa.rsa_droit_ouvert_versable",
            "brsa",
            "ass",
            "situation.recherche_emploi",
            "study.nv4",
            "rome.N1104",
            "mobility.30",
        }


def test_the_same_file_again_changes_nothing(here: Consortium) -> None:
    rows = [a_person_row(), *(a_person_row(number) for number in range(1, 8))]
    assert persons(here, *rows)["created"] == 8
    for again in (rows, rows[::-1], rows[:3]):
        assert set(counted(persons(here, *again))) == {"rows", "unchanged"}


@pytest.mark.skipif(not SHARED.exists(), reason="the files of institutions are not here")
def test_the_file_of_an_institution(here: Consortium) -> None:
    content = (SHARED / "beneficiaires.csv").read_bytes()
    first = here.load(content, "beneficiaires")
    assert first["created"] >= 2
    again = counted(here.load(content, "beneficiaires"))
    assert again["unchanged"] == first["created"]
    assert not {"created", "updated"} & set(again)


def test_a_dry_run_says_the_same(here: Consortium) -> None:
    rows = csv_of(a_person_row(), a_person_row(1, Nom=""))
    said = here.run(rows, "beneficiaires")
    with within(here.territory.pk):
        assert not Person.objects.exists()
    assert here.load(rows, "beneficiaires") == said
