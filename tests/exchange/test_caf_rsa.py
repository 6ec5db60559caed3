"""RSA flows imported: persons, numbers, dated rights; replayed, closed, broken, hidden."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jalons.kernel import clock
from jalons.people.models import Entry, Identifier, Person, Status
from jalons.people.statuses.contents import read
from tests.databases import ROOT
from tests.exchange.flows import a_flow, a_household, a_member
from tests.exchange.imports import Consortium, counted, kinds
from tests.worlds import a_person, a_territory, an_organization, within

pytestmark = pytest.mark.django_db

SHARED = ROOT.parent / "shared" / "data" / "imports" / "rsa-mensuel.xml"


@pytest.fixture
def here(tmp_path: Path) -> Consortium:
    return Consortium.made(tmp_path)


def load(here: Consortium, *households: str, **said: str) -> dict[str, Any]:
    return here.load(a_flow(*households, **said), "caf-rsa", name="flux.xml")


def facts(here: Consortium, name: str = "TRÉBOULA") -> dict[str, tuple[str, bool]]:
    """Of each status of somebody: its beginning, and whether it runs."""
    with within(here.territory.pk):
        rows = Status.objects.filter(person__family_name=name)
        return {read(row).kind: (str(row.starts_on), row.ends_on is None) for row in rows}


def test_a_household_makes_its_persons(here: Consortium) -> None:
    wife = a_member(NOMNAI="KERLAZ", NIR="2820251108030", IDASSEDIC="1253359X")
    husband = a_member(1, PRENOM="MALO", TOPPERSDRODEVORSA="0")
    away = a_household(a_member(2), NUMCOM="68001")
    answer = load(here, a_household(wife, husband), away)
    assert counted(answer) == {"rows": 2, "created": 2, "dropped": 1}
    assert (answer["errors"], answer["warnings"]) == ([], [])
    with within(here.territory.pk):
        made = Person.objects.get(family_name="TRÉBOULA")
        assert (made.birth_name, made.given_name, made.commune) == ("KERLAZ", "SOLÈNE", "")
        numbers = Identifier.objects.order_by("person__family_name", "kind")
        assert list(numbers.values_list("person__given_name", "kind")) == [
            *(("SOLÈNE", "caf"), ("SOLÈNE", "ft"), ("SOLÈNE", "nir"), ("MALO", "caf")),
        ]
        entry = Entry.objects.get(person=made)
        assert (entry.origin, entry.door) == ("caf_flow", here.home)
    today = str(clock.today())
    assert facts(here) == {"rsa.rsa_droit_ouvert_versable": (today, True), "brsa": (today, True)}
    assert facts(here, "TRÉBOULB") == {"rsa.rsa_droit_ouvert_versable": (today, True)}


def test_the_same_flow_again_changes_nothing(here: Consortium) -> None:
    homes = [
        a_household(a_member(), a_member(1)),
        a_household(a_member(2), ETATDOSRSA="4", MOTISUSVERSRSA="44"),
        a_household(a_member(3), ETATDOSRSA="5", MOTICLORSA="RFD", DTCLORSA="2026-10-01"),
    ]
    assert counted(load(here, *homes)) == {"rows": 3, "created": 3, "dropped": 1}
    for again in (homes, homes[::-1], homes[:2]):
        assert set(counted(load(here, *again))) <= {"rows", "unchanged", "dropped"}


def test_a_right_is_suspended_then_closes(here: Consortium) -> None:
    load(here, a_household())
    stopped = a_household(ETATDOSRSA="4", MOTISUSVERSRSA="06")
    assert counted(load(here, stopped)) == {"rows": 1, "updated": 1}
    said = facts(here)
    assert said["rsa.rsa_droit_ouvert_versement_suspendu"][1]
    assert said["rsa_suspension.dtr_absente"][1]
    assert not said["rsa.rsa_droit_ouvert_versable"][1]
    closed = a_household(ETATDOSRSA="5", MOTICLORSA="RFD", DTCLORSA="2026-10-01")
    assert counted(load(here, closed)) == {"rows": 1, "updated": 1}
    said = facts(here)
    assert said["rsa.rsa_droit_clos"] == ("2026-10-01", True)
    assert said["rsa_closing.rfd"] == ("2026-10-01", True)
    assert not any(said[name][1] for name in ("brsa", "rsa_suspension.dtr_absente"))


def test_why_a_payment_stopped_is_not_shown_to_all(here: Consortium) -> None:
    load(here, a_household(ETATDOSRSA="4", MOTISUSVERSRSA="44"))
    with within(here.territory.pk):
        hidden = Status.objects.exclude(level="shared")
        assert [(row.kind, row.level) for row in hidden] == [("", "restricted")]


def test_somebody_in_two_households_has_the_right_that_is_open(here: Consortium) -> None:
    gone = a_household(ETATDOSRSA="5", MOTICLORSA="MUT", DTCLORSA="2026-10-01")
    new = a_household(MATRICULE="310000000000000")
    load(here, a_household())
    assert set(counted(load(here, gone, new))) == {"rows", "unchanged", "updated"}
    said = facts(here)
    assert said["rsa.rsa_droit_ouvert_versable"][1]
    assert "rsa.rsa_droit_clos" not in said


def test_what_is_wrong_is_named_by_node(here: Consortium) -> None:
    bad = [
        a_member(NOM=""),
        a_member(1, DTNAI="1997-02-30"),
        a_member(2, NIR="2820251108030" + "99"),
        a_member(3, IDASSEDIC="12AB"),
    ]
    answer = load(here, a_household(*bad, ETATDOSRSA="4", MOTISUSVERSRSA="ZZ"))
    assert counted(answer) == {"rows": 4, "created": 1, "rejected": 3}
    assert kinds(answer["errors"]) == [
        (1, "NOM", "empty"),
        (2, "DTNAI", "bad_date"),
        (3, "NIR", "bad_checksum"),
    ]
    assert kinds(answer["warnings"])[-2:] == [
        (4, "IDASSEDIC", "bad_format"),
        (4, "MOTISUSVERSRSA", "unknown_code"),
    ]


def test_a_flow_that_breaks_gives_what_it_held(here: Consortium) -> None:
    whole = a_flow(a_household(), a_household(a_member(1)))
    answer = here.load(whole[: whole.rindex(b"PrestationRSA")], "caf-rsa", name="flux.xml")
    assert counted(answer) == {"rows": 1, "created": 1, "broken_at": 4}


def test_an_older_flow_never_follows_a_newer_one(here: Consortium) -> None:
    """Of the same sender; a flow that only tells what it would do counts for nothing."""
    october = {"reference": "2026-10-31", "created": "2026-11-05"}
    september = {"reference": "2026-09-30", "created": "2026-10-05"}
    closed = a_household(ETATDOSRSA="5", MOTICLORSA="RFD", DTCLORSA="2026-09-01")
    here.run(a_flow(a_household(), **october), "caf-rsa", name="flux.xml")
    assert load(here, a_household(), **september)["created"] == 1
    assert load(here, a_household(), **october)["unchanged"] == 1
    said = here.refusal(a_flow(closed, **september), "caf-rsa", name="flux.xml")
    assert "30/09/2026" in said
    assert "31/10/2026" in said
    assert "rsa.rsa_droit_clos" not in facts(here)
    earlier = {"reference": "2026-10-31", "created": "2026-11-04"}
    here.refusal(a_flow(closed, **earlier), "caf-rsa", name="flux.xml")
    assert load(here, a_household(a_member(1), FONORG="MSA"), **september)["created"] == 1


def test_a_flow_without_its_days_is_refused(here: Consortium) -> None:
    for missing in ({"reference": ""}, {"created": "hier"}):
        content = a_flow(a_household(), **missing)
        assert "flux RSA" in here.refusal(content, "caf-rsa", name="flux.xml")


def test_a_protected_person_is_not_found_out_by_a_closed_right(here: Consortium) -> None:
    a_person(
        here.territory,
        family_name="TRÉBOULA",
        given_name="SOLÈNE",
        protected=True,
        birth_date=date(1960, 2, 1),
    )
    closed = a_household(ETATDOSRSA="5", MOTICLORSA="RFD", DTCLORSA="2026-10-01")
    assert counted(load(here, closed)) == {"dropped": 1}


@pytest.mark.skipif(not SHARED.exists(), reason="the files of institutions are not here")
def test_the_flow_of_an_institution(tmp_path: Path) -> None:
    territory = a_territory()
    territory.communes = ["92044"]
    territory.save()
    here = Consortium(territory, an_organization(territory, "Conseil"), tmp_path)
    content = SHARED.read_bytes()
    assert counted(here.load(content, "caf-rsa", name="flux.xml")) == {
        "rows": 1,
        "created": 1,
        "dropped": 2,
    }
    again = here.load(content, "caf-rsa", name="flux.xml")
    assert counted(again) == {"rows": 1, "unchanged": 1, "dropped": 2}
