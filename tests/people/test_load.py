"""The load of structures and professionals: the right counts, few queries, no name."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.people.load.lines import Table, table
from tests.clients import PURPOSE, client_for
from tests.worlds import Case, a_case, a_follow_up, a_person, an_actor, an_entry, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case(family_name="Bernard")


def seen(case: Case, role: Role) -> Table:
    actor = case.others[role]
    with within(*actor.territories, account=actor.account):
        return table(actor)


def populated(case: Case) -> None:
    """The référente leads two, her colleague reads one of them and left another."""
    second = a_person(case.territory)
    a_follow_up(second, case.referente, "referent")
    a_follow_up(second, case.collegue, read_only=True)
    a_follow_up(case.person, case.collegue, ends_on=clock.today())
    a_follow_up(case.person, case.collegue)
    for days in (2, 4, 12):
        day = clock.today() - timedelta(days=days)
        dates = {"received_on": day, "opened_on": day, "assigned_on": day}
        an_entry(a_person(case.territory), case.partner.pk, assigned_to=case.home, **dates)


def test_counts_of_structures_and_professionals(case: Case) -> None:
    populated(case)
    found = seen(case, Role.DISPATCHER)
    (home,) = found.structures
    assert (home.load.followed, home.load.referent) == (2, 2)
    assert (home.waiting, home.wait) == (3, 4)
    loads = {(line.load.followed, line.load.referent) for line in found.professionals}
    assert loads == {(2, 2), (1, 0)}


def test_who_reads_no_name_reads_no_small_count(case: Case) -> None:
    """Under five, neither on screen, nor in the file, nor by the total beside."""
    populated(case)
    for _ in range(7):
        a_follow_up(a_person(case.territory), case.collegue)
    for role in (Role.DISPATCHER, Role.COORDINATOR):
        client = client_for(case.others[role])
        found = client.get("/charge/").context["table"]
        (home,) = found.structures
        assert (home.load.followed, home.shown.followed) == (9, "environ\u00a08")
        assert (home.shown.waiting, home.shown.wait) == ("moins\u00a0de\u00a05", None)
        counts = {line.shown.followed for line in found.professionals}
        assert counts == {"moins\u00a0de\u00a05", "8"}
        answer: Any = client.post("/charge/export/", PURPOSE | {"format": "csv"})
        rows = answer.getvalue().decode("utf-8-sig").split("\r\n\r\n")[0].splitlines()
        assert '"environ\u00a08";"moins\u00a0de\u00a05";"moins\u00a0de\u00a05"' in rows[1]
    manager = an_actor(case.home, Role.MANAGER)
    (home,) = client_for(manager).get("/charge/").context["table"].structures
    assert (home.shown.followed, home.shown.waiting, home.shown.wait) == ("9", "3", 4)


def test_a_manager_reads_their_own_structure(case: Case) -> None:
    populated(case)
    a_follow_up(a_person(case.territory), case.partenaire)
    names = {line.name for line in seen(case, Role.MANAGER).structures}
    assert names == {"CCAS"}
    assert {line.name for line in seen(case, Role.COORDINATOR).structures} == {
        "CCAS",
        "Département",
    }


def test_nobody_followed_is_named_and_the_cost_is_fixed(case: Case) -> None:
    populated(case)
    client = client_for(case.others[Role.COORDINATOR])
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/charge/").content.decode()
        counts.append(len(queries))
        for _ in range(4):
            a_follow_up(a_person(case.territory), an_actor(case.home))
    assert counts[0] == counts[1] <= 16
    assert "Bernard" not in page
    assert "Vasseur" not in page


def test_the_export_has_the_rows_of_the_screen(case: Case) -> None:
    populated(case)
    client = client_for(case.others[Role.DISPATCHER])
    response: Any = client.post("/charge/export/", PURPOSE | {"format": "csv"})
    rows = response.getvalue().decode("utf-8-sig").split("\r\n\r\n")[0].splitlines()
    shown = client.get("/charge/").context["table"]
    assert len(rows) == 1 + len(shown.structures) + len(shown.professionals)
    assert client.post("/charge/export/", {"format": "exe"}).status_code == 404
    assert client_for(case.referente).get("/charge/").status_code == 404
