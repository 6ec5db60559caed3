"""The extracts of France Travail: what is taken, what is left aside, whom an action speaks of."""

import io
from pathlib import Path
from typing import Any

import pytest

from jalons.access.actor import ANONYMOUS
from jalons.access.roles import Role
from jalons.accounts.models import Account
from jalons.exchange.files.persons.france_travail import COLUMNS, LEFT_ASIDE, opened
from jalons.people.models import Contact, FollowUp, Identifier, Person, Status
from tests.exchange.imports import Consortium, counted, kinds
from tests.exchange.tables import csv_of
from tests.worlds import a_mandate, a_person, an_identifier, an_organization, within

pytestmark = pytest.mark.django_db

PRINCIPAL = {
    "identifiant_unique_de": "1253359X",
    "civilite": "MME",
    "nom": "GUERLAZ",
    "prenom": "MAËLLE",
    "lieu_naissance": "LORIOL",
    "date_naissance": "22/04/1997",
    "adresse_ligne2": "",
    "adresse_ligne4": "11 RUE DU MOULIN",
    "adresse_ligne6": "90000 BELFORT",
    "rome_1": "N1104",
    "appelation_rome_1": "Pontier élingueur / Pontière élingueuse",
    "inscription": "03/11/2025",
    "categorie_inscription": "1",
    "struct_principale": "",
    "referent_nom": "BAVOUX",
    "referent_mail": "",
    "dif_sante": "OUI",
    "dif_financiere": "OUI",
    "brsa": "O",
}
ACTION = {
    "identifiant_unique_de": "1253359X",
    "codeaction": "ABC12",
    "lblaction": "Atelier CV",
    "objectif_formation": "",
    "date_prescription": "01/10/2026",
    "adr.dc_commune_id": "90010",
}


@pytest.fixture
def here(tmp_path: Path) -> Consortium:
    return Consortium.made(tmp_path)


def load(here: Consortium, *rows: dict[str, str]) -> dict[str, Any]:
    return here.load(csv_of(*rows), "france-travail")


def test_a_row_makes_a_person(here: Consortium) -> None:
    answer = load(here, PRINCIPAL)
    assert counted(answer) == {"rows": 1, "created": 1}
    assert (answer["errors"], answer["warnings"]) == ([], [])
    with within(here.territory.pk):
        made = Person.objects.get()
        assert (made.family_name, made.given_name, made.commune) == ("GUERLAZ", "MAËLLE", "90010")
        assert [row.kind for row in Identifier.objects.all()] == ["ft"]
        assert [row.kind for row in Contact.objects.all()] == ["address"]
        said = {row.kind: str(row.starts_on) for row in Status.objects.all()}
        assert set(said) == {"rome.N1104", "demandeur_emploi", "brsa"}
        assert said["demandeur_emploi"] == "2025-11-03"


def test_the_same_extract_again_changes_nothing(here: Consortium) -> None:
    rows = [PRINCIPAL, PRINCIPAL | {"identifiant_unique_de": "7654321B", "nom": "KERVIR"}]
    assert load(here, *rows)["created"] == 2
    assert counted(load(here, *rows[::-1])) == {"rows": 2, "unchanged": 2}


def test_structure_and_referent_follow(here: Consortium) -> None:
    place = an_organization(here.territory, "Les Ateliers du Fil")
    mandate = a_mandate(place, Role.PRACTITIONER)
    email = Account.objects.get(pk=mandate.account_id).email
    row = PRINCIPAL | {"struct_principale": "les ateliers du fil", "referent_mail": email.upper()}
    assert counted(load(here, row)) == {"rows": 1, "created": 1}
    with within(here.territory.pk):
        found = FollowUp.objects.get()
        assert (found.organization_id, found.account_id) == (place.pk, mandate.account_id)
    unknown = row | {"nom": "KERVIR", "identifiant_unique_de": "7654321B", "referent_mail": "x@y"}
    told = load(here, unknown | {"struct_principale": "Ailleurs"})
    assert kinds(told["warnings"]) == [
        (1, "struct_principale", "unknown_reference"),
        (1, "referent_mail", "bad_format"),
    ]


@pytest.mark.parametrize(
    ("said", "expected"),
    [("O", {"demandeur_emploi"}), ("N", set()), ("", set()), ("peut-être", set())],
)
def test_registered_or_not(here: Consortium, said: str, expected: set[str]) -> None:
    load(here, PRINCIPAL | {"inscription": said, "rome_1": "", "brsa": "N"})
    with within(here.territory.pk):
        assert {row.kind for row in Status.objects.all()} == expected


def test_what_is_wrong_is_named_by_column(here: Consortium) -> None:
    rows = [
        PRINCIPAL | {"identifiant_unique_de": "?1"},
        PRINCIPAL | {"date_naissance": "30/02/1997"},
        PRINCIPAL | {"rome_1": "Z9999", "brsa": "peut-être", "adresse_ligne6": "68000 COLMAR"},
    ]
    answer = load(here, *rows)
    assert counted(answer) == {"rows": 3, "created": 1, "rejected": 2}
    assert kinds(answer["errors"]) == [
        (1, "identifiant_unique_de", "bad_format"),
        (2, "date_naissance", "bad_date"),
    ]
    assert set(kinds(answer["warnings"])) == {
        (3, "rome_1", "unknown_code"),
        (3, "brsa", "unknown_code"),
        (3, "adresse_ligne6", "out_of_territory"),
    }


def test_an_action_speaks_of_somebody_known_and_changes_nothing(here: Consortium) -> None:
    load(here, PRINCIPAL)
    stranger = ACTION | {"identifiant_unique_de": "7654321B"}
    hidden = a_person(here.territory, protected=True)
    an_identifier(hidden, "ft", "1111111C")
    unseen = ACTION | {"identifiant_unique_de": "1111111C"}
    answer = load(here, ACTION, ACTION | {"codeaction": "ABC13"}, stranger, unseen)
    assert counted(answer) == {"rows": 4, "unchanged": 2, "rejected": 2}
    told = [(one["row"], one["message"]) for one in answer["errors"]]
    assert told[0][1] == told[1][1]
    with within(here.territory.pk):
        assert Person.objects.count() == 2


def test_what_has_no_place_is_kept_nowhere() -> None:
    """Every column of both extracts is either taken or emptied."""
    taken = {column.name for column in COLUMNS}
    assert taken & LEFT_ASIDE == {"codeaction"}
    assert {*PRINCIPAL, *ACTION} <= taken | LEFT_ASIDE
    for row in (PRINCIPAL, ACTION):
        table = opened(io.BytesIO(csv_of(row)), "extrait.csv", ANONYMOUS)
        [read] = table.rows
        assert not set(read) & {row.get(name) for name in LEFT_ASIDE} - {""}
        assert set(row) <= set(table.headers)
