"""Row 12: who saw what between two dates, one command, and no name of a person in it."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command

from jalons.access.models import Consultation
from jalons.access.whole_file import COMMANDS, whole_file
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from tests.clients import PURPOSE, client_for
from tests.worlds import Case, a_case, a_follow_up, a_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole"])


def saw(start: str, until: str, **options: Any) -> list[dict[str, str]]:
    output = StringIO()
    call_command("who_saw", "--from", start, "--until", until, stdout=output, **options)
    return list(csv.DictReader(StringIO(output.getvalue()), delimiter=";"))


def seen_today(**options: Any) -> list[dict[str, str]]:
    today = clock.today()
    return saw(today.isoformat(), (today + timedelta(days=1)).isoformat(), **options)


@pytest.fixture
def case(transactional_db: None) -> Case:
    return a_case(family_name="Introuvable", given_name="Zélie")


def test_every_consultation_is_told(case: Case) -> None:
    client_for(case.referente).get(f"/personnes/{case.person.pk}/")
    client_for(case.etrangere).get(f"/personnes/{case.person.pk}/")
    client_for(case.referente).get("/file-active/")
    first, second, third = seen_today()
    assert first["account"] == str(case.referente.account)
    assert first["mandate"] == str(case.referente.mandate)
    assert first["organization"] == str(case.home.pk)
    assert first["territory"] == str(case.territory.pk)
    assert first["person"] == third["listed"] == str(case.person.pk)
    assert (first["page"], first["act"], first["level"]) == ("people:identity", "read", "shared")
    assert [row["refused"] for row in (first, second, third)] == ["False", "True", "False"]
    assert [row["reason"] for row in (first, second, third)] == ["follows", "", "list"]
    assert "Marchal" in first["name"]


def test_no_person_is_named(case: Case) -> None:
    client = client_for(case.referente)
    client.get(f"/personnes/{case.person.pk}/")
    client.post("/file-active/export/", PURPOSE | {"format": "csv"}).getvalue()
    output = StringIO()
    call_command("who_saw", "--from", "2000-01-01", "--until", "2100-01-01", stdout=output)
    assert str(case.person.pk) in output.getvalue()
    for word in ("Introuvable", "Zélie", "zelie"):
        assert word not in output.getvalue()


def test_one_person_or_one_account(case: Case) -> None:
    other = a_person(case.territory)
    a_follow_up(other, case.collegue)
    client_for(case.referente).get("/file-active/")
    client_for(case.collegue).get(f"/personnes/{other.pk}/")
    client_for(case.collegue).get(f"/personnes/{case.person.pk}/")
    assert len(seen_today()) == 3
    of_person = seen_today(person=case.person.pk)
    assert [row["page"] for row in of_person] == ["desk:caseload", "people:identity"]
    assert [row["person"] for row in seen_today(account=case.collegue.account)] == [
        str(other.pk),
        str(case.person.pk),
    ]
    assert len(seen_today(account=case.collegue.account, person=other.pk)) == 1
    assert seen_today(person=UUID(int=1)) == []


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 7, 13, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 7, 13, 22, 0, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 14, 21, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 7, 14, 22, 0, 0, tzinfo=UTC), False),
    ],
)
def test_days_are_those_of_paris_and_the_end_is_excluded(
    case: Case, moment: datetime, told: bool
) -> None:
    with clock.travel(moment):
        client_for(case.etrangere).get(f"/personnes/{case.person.pk}/")
    assert Consultation.objects.using("whole").count() == 1
    assert len(saw("2026-07-14", "2026-07-15")) == told


def test_the_command_itself_is_journalled(case: Case) -> None:
    seen_today()
    event = Event.objects.using("whole").get(kind="access.whole_file_run")
    content = disclose(event, using="whole")
    assert content
    today = clock.today()
    about = {
        "start": today.isoformat(),
        "until": (today + timedelta(days=1)).isoformat(),
    }
    said = {"command": "who_saw", "label": COMMANDS["who_saw"], "about": about}
    assert content.data == said


def test_a_command_that_is_not_listed_does_not_run() -> None:
    with pytest.raises(KeyError), whole_file("curiosity"):
        pass
    assert not Event.objects.using("whole").exists()
