"""Files of structures and professionals: what they create, and what replaying them changes."""

import random
from pathlib import Path
from typing import Any

import pytest

from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel.models import BaseModel
from jalons.territories.models import Invitation, Organization
from tests.databases import ROOT
from tests.exchange.imports import Consortium, counted, kinds
from tests.exchange.tables import PROFESSIONAL, a_structure, csv_of, xlsx_of
from tests.worlds import an_organization, within

pytestmark = pytest.mark.django_db

SHARED = ROOT.parent / "shared" / "data" / "imports"


@pytest.fixture
def here(tmp_path: Path) -> Consortium:
    return Consortium.made(tmp_path)


def rows_of(model: type[BaseModel]) -> list[Any]:
    return list(model.objects.order_by("id").values())  # type: ignore[attr-defined]


def state() -> tuple[list[Any], list[Any]]:
    return rows_of(Organization), rows_of(Invitation)


def events(here: Consortium) -> int:
    with within(here.territory.pk):
        found = Event.objects.filter(territory=here.territory.pk)
        return found.exclude(kind="territories.mandate_opened").count()


def test_a_row_makes_a_structure_and_prepares_its_manager(here: Consortium) -> None:
    assert counted(here.structures(a_structure())) == {"rows": 1, "created": 1}
    made = Organization.objects.get(siret="73282932000074")
    assert (made.name, made.postcode, made.commune) == ("Les Ateliers du Fil", "90000", "90010")
    assert made.phones == ["+33639980001", "+33639980002"]
    invitation = Invitation.objects.get(organization=made)
    assert (invitation.role, invitation.state, invitation.field) == (Role.MANAGER, "prepared", "")
    assert invitation.email == "ines.bavoux@ateliers.example"


def test_a_dry_run_says_the_same_and_writes_nothing(here: Consortium) -> None:
    rows = csv_of(a_structure(), a_structure(), a_structure(1), a_structure(2, Code_postal=""))
    before = state()
    said = here.run(rows, "structures")
    assert state() == before
    assert events(here) == 0
    assert here.load(rows) == said
    assert counted(said) == {"rows": 4, "created": 2, "unchanged": 1, "rejected": 1}


def test_replayed_reordered_or_split_it_changes_nothing(here: Consortium) -> None:
    rows = [a_structure(number) for number in range(12)]
    rows += [a_structure(3, Courriel_responsable="autre@asso.example"), a_structure(4)]
    rows += [a_structure(5, Description="Une autre"), a_structure(6, Description="")]
    here.structures(*rows)
    before, told = state(), events(here)
    shuffled = random.sample(rows, len(rows))
    for part in (rows, shuffled):
        answer = counted(here.structures(*part))
        assert answer == {"rows": 16, "unchanged": 15, "rejected": 1}
    for part in (shuffled[:8], shuffled[8:]):
        distinct = [row for row in part if row["Description"] != "Une autre"]
        assert set(counted(here.structures(*distinct))) == {"rows", "unchanged"}
    assert (state(), events(here)) == (before, told)


def test_a_corrected_row_updates(here: Consortium) -> None:
    here.structures(a_structure())
    corrected = a_structure(Ville="BELFORT CEDEX", Fonction_responsable="")
    assert counted(here.structures(corrected)) == {"rows": 1, "updated": 1}
    assert Organization.objects.get(siret="73282932000074").city == "BELFORT CEDEX"
    assert Invitation.objects.get().function == "directrice"


def test_the_same_structure_without_its_siret_is_found_by_name_and_postcode(
    here: Consortium,
) -> None:
    here.structures(a_structure())
    same = a_structure(Nom="LES ATELIERS DU FIL", Siret="")
    assert counted(here.structures(same)) == {"rows": 1, "updated": 1}
    assert counted(here.structures(same)) == {"rows": 1, "unchanged": 1}
    elsewhere = a_structure(Code_postal="90300", Ville="Valdoie", Siret="")
    assert counted(here.structures(elsewhere)) == {"rows": 1, "created": 1}


def test_a_siret_completes_the_structure_that_had_none(here: Consortium) -> None:
    here.structures(a_structure(Siret=""))
    assert counted(here.structures(a_structure())) == {"rows": 1, "updated": 1}
    other = a_structure(Siret="55210055400013")
    assert counted(here.structures(other)) == {"rows": 1, "created": 1}
    doubtful = here.structures(a_structure(Siret=""))
    assert counted(doubtful) == {"rows": 1, "ambiguous": 1}
    assert kinds(doubtful["errors"]) == [(1, "Nom*", "conflict")]


def test_two_rows_that_contradict_each_other(here: Consortium) -> None:
    answer = here.structures(a_structure(), a_structure(Nom="Un autre nom", Adresse=""))
    assert counted(answer) == {"rows": 2, "created": 1, "rejected": 1}
    assert kinds(answer["errors"]) == [(2, "Nom*", "conflict")]


@pytest.mark.parametrize(
    ("header", "value", "kind"),
    [
        ("Nom", "", "empty"),
        ("Nom", "x" * 201, "bad_format"),
        ("Code postal", " ", "empty"),
        ("Code postal", "90", "bad_format"),
        ("Ville", "", "empty"),
        ("Courriel responsable", "", "empty"),
        ("Courriel responsable", "ines chez ateliers", "bad_format"),
        ("Courriel", "a@b@c.fr", "bad_format"),
        ("Site web", "javascript:alert(1)", "bad_format"),
        ("Siret", "73282932000075", "bad_checksum"),
        ("Siret", "7,32829E+13", "bad_format"),
    ],
)
def test_what_rejects_a_row(here: Consortium, header: str, value: str, kind: str) -> None:
    row = a_structure(**{header: value})
    column = header if header in row else f"{header}*"
    answer = here.structures(a_structure(1), row)
    assert counted(answer) == {"rows": 2, "created": 1, "rejected": 1}
    assert kinds(answer["errors"]) == [(2, column, kind)]
    assert not value.strip() or value not in str(answer)


@pytest.mark.parametrize(
    ("values", "column", "kind"),
    [
        ({"Code_postal": "99999"}, "Code postal*", "unknown_code"),
        ({"Code_postal": "75011", "Ville": "Paris"}, "Code postal*", "out_of_territory"),
        ({"Ville": "Trifouillis"}, "Ville*", "unknown_reference"),
        ({"Téléphones": "06 39 98 00 01 / 12"}, "Téléphones", "bad_format"),
        ({"Téléphones responsable": "sonnez"}, "Téléphones responsable", "bad_format"),
    ],
)
def test_what_only_warns(here: Consortium, values: dict[str, str], column: str, kind: str) -> None:
    answer = here.structures(a_structure(**values))
    assert counted(answer) == {"rows": 1, "created": 1}
    assert kinds(answer["warnings"]) == [(1, column, kind)]


def test_what_spreadsheets_do_to_numbers_is_undone(here: Consortium) -> None:
    place = {"Code postal": "1000", "Ville": "Bourg-en-Bresse"}
    row = a_structure(Siret="732 829 320 00074", **place)
    here.structures(row)
    assert Organization.objects.get(siret="73282932000074").postcode == "01000"


def test_headers_in_any_order_case_and_star(here: Consortium) -> None:
    row = a_structure()
    renamed = {"Mémo": "à ignorer"} | {
        header.rstrip("*").upper(): value for header, value in reversed(row.items())
    }
    book = xlsx_of(list(renamed), list(renamed.values()))
    assert counted(here.load(book, name="liste.xlsx")) == {"rows": 1, "created": 1}
    assert set(counted(here.structures(row))) == {"rows", "unchanged"}


def test_a_missing_or_double_column_refuses_the_file(here: Consortium) -> None:
    assert "« Ville »" in here.refusal(b"Nom;Code postal;Courriel responsable\na;90000;b@c.fr")
    double = csv_of(a_structure() | {"Siret*": "1"})
    assert "deux fois" in here.refusal(double)
    assert "vide" in here.refusal(b"")


def test_cells_out_of_line_reject_the_row(here: Consortium) -> None:
    content = csv_of(a_structure(1)) + csv_of(a_structure(2)).splitlines()[1] + b";de trop"
    answer = here.load(content)
    assert counted(answer) == {"rows": 2, "created": 1, "rejected": 1}


def test_the_kind_is_read_in_the_name_and_hides_what_it_must(here: Consortium) -> None:
    here.structures(a_structure(1, Nom="CSAPA du Lion"), a_structure(2, Nom="CCAS de Valdoie"))
    found = dict(Organization.objects.exclude(pk=here.home.pk).values_list("kind", "sensitive"))
    assert found == {"CSAPA": True, "CCAS": False}


def test_professionals_are_expected_as_practitioners(here: Consortium) -> None:
    other = dict(PROFESSIONAL, **{"Courriel*": "lou@ateliers.example", "Téléphone": ""})
    content = csv_of(PROFESSIONAL, other, PROFESSIONAL)
    option = "--organization=conseil du fil"
    assert counted(here.load(content, "professionnels", option)) == {
        "rows": 3,
        "created": 2,
        "unchanged": 1,
    }
    assert counted(here.load(content, "professionnels", option)) == {"rows": 3, "unchanged": 3}
    found = Invitation.objects.get(email="hugo.marande@ateliers.example")
    assert (found.role, found.organization, found.field) == (Role.PRACTITIONER, here.home, "")
    assert found.phones == ["+33639980004"]


def test_who_may_import(here: Consortium) -> None:
    other = an_organization(here.territory, "Autre structure")
    manager = here.email(Role.MANAGER)
    people = csv_of(PROFESSIONAL)
    assert here.load(people, "professionnels", email=manager)["created"] == 1
    assert here.refusal(people, "professionnels", f"--organization={other.name}", email=manager)
    assert here.refusal(people, "professionnels")
    assert here.refusal(people, "professionnels", "--organization=Inconnue")
    for role in set(Role) - {Role.COORDINATOR, Role.DISPATCHER, Role.MANAGER}:
        if role not in {Role.OBSERVER, Role.PLATFORM_ADMIN}:
            assert here.refusal(csv_of(a_structure()), email=here.email(role))
    assert here.load(csv_of(a_structure()), email=here.email(Role.DISPATCHER))["created"] == 1
    assert here.refusal(csv_of(a_structure()), email="personne@jalons.example")


def test_a_manager_describes_their_own_structure_only(here: Consortium) -> None:
    own = a_structure(1, Nom=here.home.name)
    content = csv_of(own, a_structure(2))
    answer = here.load(content, email=here.email(Role.MANAGER))
    assert counted(answer) == {"rows": 2, "updated": 1, "rejected": 1}
    assert kinds(answer["errors"]) == [(2, "Nom*", "unknown_reference")]


def test_another_territory_is_out_of_reach(here: Consortium, tmp_path: Path) -> None:
    there = Consortium.made(tmp_path)
    assert here.refusal(csv_of(a_structure()), email=there.email(Role.COORDINATOR))
    there.structures(a_structure())
    assert here.structures(a_structure())["created"] == 1


def test_nothing_personal_is_said(here: Consortium) -> None:
    answer = here.structures(
        a_structure(**{"Courriel responsable": "ines bavoux@x", "Téléphones": "12"}),
        a_structure(1, Nom_responsable="Zqbavoux" * 20),
    )
    assert answer["errors"]
    for word in ("ines", "bavoux", "Zqbavoux", "12"):
        assert word not in str([*answer["errors"], *answer["warnings"]]).lower()


@pytest.mark.skipif(not SHARED.exists(), reason="the files of institutions are not here")
def test_the_files_of_institutions(here: Consortium) -> None:
    content = (SHARED / "structures.csv").read_bytes()
    assert counted(here.load(content)) == {"rows": 2, "created": 1, "updated": 1}
    assert counted(here.load(content)) == {"rows": 2, "unchanged": 2}
    people = (SHARED / "professionnels.csv").read_bytes()
    siret = "--organization=22930008201453"
    assert counted(here.load(people, "professionnels", siret)) == {"rows": 2, "created": 2}
    assert counted(here.load(people, "professionnels", siret)) == {"rows": 2, "unchanged": 2}
