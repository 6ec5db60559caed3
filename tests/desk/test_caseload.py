"""The caseload: who is in it, in which order, what it costs, and that its export is the same."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.desk.queries import TITLES, filters_for
from jalons.journal.models import Event
from jalons.journal.notifications import notify
from jalons.kernel import clock
from jalons.kernel.exports import FORMATS
from jalons.people.models import FollowUp
from tests.clients import PURPOSE, client_for
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_person,
    an_actor,
    an_entry,
    an_organization,
    within,
    written_over,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case(family_name="Bernard", birth_date=date(1990, 5, 17))


def followed(case: Case, name: str, actor: Actor, role: str = "intervenant", **values: Any) -> Any:
    person = a_person(case.territory, family_name=name, **values)
    a_follow_up(person, actor, role)
    return person


def listed(client: Client, **data: str) -> list[str]:
    rows = client.get("/file-active/", data).context["rows"]
    return [row.name for row in rows]


def exported(client: Client, **data: str) -> list[dict[str, str]]:
    """The rows above the blank line; below it, the file says how it was made."""
    response: Any = client.post("/file-active/export/", PURPOSE | {"format": "csv"} | data)
    """The rows above the blank line; what is below it says how the file was made."""
    table, _, _ = response.getvalue().decode("utf-8-sig").partition("\r\n\r\n")
    return list(csv.DictReader(StringIO(table), delimiter=";"))


def test_one_s_own_persons_by_name(case: Case) -> None:
    followed(case, "Zola", case.referente)
    followed(case, "Éluard", case.referente)
    followed(case, "aragon", case.referente)
    followed(case, "Autre", case.collegue)
    names = ["Élodie aragon", "Élodie Bernard", "Élodie Éluard", "Élodie Zola"]
    assert listed(client_for(case.referente)) == names


@pytest.mark.parametrize("role", TITLES)
def test_each_role_has_its_list(case: Case, role: Role) -> None:
    """The manager and the clerk of the partner, the dispatcher, the coordinator."""
    today = clock.today()
    followed(case, "Suivie", case.partenaire)
    waiting = a_person(case.territory, family_name="Reçue")
    assigned = {"assigned_to": case.partner, "assigned_on": today}
    an_entry(waiting, case.partner.pk, **assigned)
    blocked = a_person(case.territory, family_name="Bloquée")
    an_entry(blocked, case.home.pk)
    expected = {
        Role.PRACTITIONER: {"Élodie Suivie"},
        Role.MANAGER: {"Élodie Suivie", "Élodie Reçue"},
        Role.CLERK: {"Élodie Suivie", "Élodie Reçue"},
        Role.DISPATCHER: {"Élodie Reçue", "Élodie Bloquée"},
        Role.COORDINATOR: {"Élodie Bloquée"},
    }
    actor = case.others.get(role, case.partenaire)
    client = client_for(actor)
    assert set(listed(client)) == expected[role]
    home = "/entrees/" if role in {Role.CLERK, Role.DISPATCHER} else "/file-active/"
    assert client.get("/").url == home  # type: ignore[attr-defined]
    assert TITLES[role] in client.get("/file-active/").content.decode()


@pytest.mark.parametrize("role", sorted(set(Role) - set(TITLES) - {"observer", "platform_admin"}))
def test_the_other_roles_have_none(case: Case, role: Role) -> None:
    client = client_for(case.others[role])
    assert client.get("/file-active/").status_code == 404
    assert client.get("/").status_code == 200


def test_dont_je_suis_referente(case: Case) -> None:
    followed(case, "Zola", case.referente)
    assert listed(client_for(case.referente), filtre="referent") == ["Élodie Bernard"]


@pytest.mark.parametrize(
    ("birth_date", "young"),
    [
        (date(2000, 3, 2), False),
        (date(2000, 3, 3), True),
        (date(2008, 1, 1), True),
        (None, False),
    ],
)
def test_moins_de_26_ans(
    case: Case,
    clock_at: Callable[[datetime], None],
    birth_date: date | None,
    young: bool,
) -> None:
    followed(case, "Jeune", case.referente, birth_date=birth_date)
    clock_at(datetime.combine(date(2026, 3, 2), datetime.min.time(), UTC) + timedelta(hours=11))
    with within(case.territory.pk):
        FollowUp.objects.update(starts_on=date(2026, 1, 1))
    written_over(case.referente.mandate, starts_on=date(2026, 1, 1))
    assert ("Élodie Jeune" in listed(client_for(case.referente), filtre="age")) is young


def test_an_unknown_filter_shows_everybody(case: Case) -> None:
    assert listed(client_for(case.referente), filtre="inconnu") == ["Élodie Bernard"]


def test_filters_of_a_practitioner_only(case: Case) -> None:
    assert "referent" in dict(filters_for(case.referente))
    assert "referent" not in dict(filters_for(case.others[Role.MANAGER]))


def test_a_sensitive_referent_is_not_named_in_a_list(case: Case) -> None:
    sensitive = an_organization(case.territory, "CHRS Les Acacias", sensitive=True)
    hidden = an_actor(sensitive)
    person = followed(case, "Zola", hidden, "referent")
    a_follow_up(person, case.partenaire)
    for actor, seen in ((case.partenaire, False), (hidden, True)):
        rows = client_for(actor).get("/file-active/").context["rows"]
        referents = {row.name: row.referent for row in rows}
        assert ("CHRS Les Acacias" in referents["Élodie Zola"]) is seen


@pytest.mark.parametrize("filtre", ["tous", "referent", "age"])
def test_the_export_is_the_screen(case: Case, filtre: str) -> None:
    followed(case, "Zola", case.referente, birth_date=clock.today() - timedelta(days=20 * 365))
    client = client_for(case.referente)
    screen = client.get("/file-active/", {"filtre": filtre}).context["rows"]
    rows = exported(client, filtre=filtre)
    assert [row["Personne"] for row in rows] == [row.name for row in screen]
    assert [row["Référent de parcours"] for row in rows] == [row.referent for row in screen]


def test_the_export_holds_every_page(case: Case) -> None:
    for number in range(24):
        followed(case, f"Zola{number:02}", case.referente)
    client = client_for(case.referente)
    assert len(listed(client)) == 20
    assert len(exported(client)) == 25


@pytest.mark.parametrize("suffix", FORMATS)
def test_every_format_is_a_file(case: Case, suffix: str) -> None:
    response: Any = client_for(case.referente).post(
        "/file-active/export/", PURPOSE | {"format": suffix}
    )
    assert response.status_code == 200
    assert len(response.getvalue()) > 100
    assert f".{suffix}" in response.headers["Content-Disposition"]
    assert "Bernard" not in response.headers["Content-Disposition"]
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("suffix", ["", "exe", "CSV"])
def test_another_format_does_not_exist(case: Case, suffix: str) -> None:
    client = client_for(case.referente)
    assert client.post("/file-active/export/", {"format": suffix}).status_code == 404


def test_pages_follow_each_other(case: Case) -> None:
    for number in range(24):
        followed(case, f"Zola{number:02}", case.referente)
    client = client_for(case.referente)
    first = client.get("/file-active/").context["page"]
    second = listed(client, page=first.next)
    assert len(second) == 5
    assert listed(client, page="falsifié") == listed(client)
    stranger = client_for(case.collegue)
    assert listed(stranger, page=first.next) == []


def test_the_page_costs_a_fixed_number_of_queries(
    case: Case, django_assert_num_queries: Any
) -> None:
    client = client_for(case.referente)
    client.get("/file-active/")
    for _ in range(2):
        with django_assert_num_queries(15):
            client.get("/file-active/")
        for number in range(6):
            followed(case, f"Zola{number:02}", case.referente)


# Alerts.


def alerted(case: Case) -> Event:
    with within(case.territory.pk):
        event = Event.objects.earliest("position")
        notify(event, [case.referente.account])  # type: ignore[list-item]
    return event


def test_an_alert_names_nobody(case: Case) -> None:
    alerted(case)
    page = client_for(case.referente).get("/alertes/").content.decode()
    assert "Bernard" not in page
    assert client_for(case.collegue).get("/alertes/").context["alerts"] == []


def test_an_alert_is_read_by_its_owner(case: Case) -> None:
    alerted(case)
    client = client_for(case.referente)
    (alert,) = client.get("/alertes/").context["alerts"]
    client_for(case.collegue).post("/alertes/", {"notification": alert.key})
    assert len(client.get("/alertes/").context["alerts"]) == 1
    client.post("/alertes/", {"notification": [alert.key, "n'importe quoi"]})
    assert client.get("/alertes/").context["alerts"] == []
