"""The rules about entries and référents: the day they begin, and what stops them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from jalons.attention.rules import RULES, unblocking
from jalons.kernel import clock
from jalons.people.attention import entry_unassigned, first_meeting_late, no_referent
from jalons.people.circle import load_circle
from tests.worlds import Case, a_case, a_follow_up, a_person, an_entry, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def late(rule: Callable[[date], Any], case: Case) -> bool:
    with within(case.territory.pk):
        return bool(rule(clock.today()).filter(person__territory=case.territory).exists())


def entered(case: Case, **values: Any) -> Any:
    """An entry of somebody whom nobody follows."""
    return an_entry(a_person(case.territory), case.partner.pk, **values)


def opened(number: int) -> dict[str, Any]:
    return {"received_on": ago(number), "opened_on": ago(number)}


@pytest.mark.parametrize(("number", "expected"), [(6, False), (7, True), (30, True)])
def test_without_referent_for_a_week(case: Case, number: int, expected: bool) -> None:
    entered(case, **opened(number))
    assert late(no_referent, case) is expected


@pytest.mark.parametrize(
    ("role", "dates", "expected"),
    [
        ("referent", {}, False),
        ("intervenant", {}, True),
        ("referent", {"starts_on": clock.today()}, False),
        ("referent", {"starts_on": clock.today() + timedelta(days=1)}, True),
        ("referent", {"ends_on": clock.today()}, True),
        ("referent", {"ends_on": clock.today() + timedelta(days=1)}, False),
    ],
)
def test_a_referent_of_the_day_is_enough(
    case: Case, role: str, dates: dict[str, Any], expected: bool
) -> None:
    entry = entered(case, **opened(20))
    with within(case.territory.pk):
        person = entry.person
    a_follow_up(person, case.collegue, role, **{"starts_on": ago(9)} | dates)
    assert late(no_referent, case) is expected


def test_a_closed_entry_or_a_frozen_file_waits_for_nobody(case: Case) -> None:
    entered(case, **opened(20), closed_on=ago(1), close_motive="autre")
    frozen = a_person(case.territory, frozen_at=clock.now())
    an_entry(frozen, case.partner.pk, **opened(20))
    assert not late(no_referent, case)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (opened(0), True),
        ({"opened_on": None}, False),
        (opened(0) | {"closed_on": clock.today(), "close_motive": "autre"}, False),
    ],
)
def test_an_entry_without_structure(case: Case, values: dict[str, Any], expected: bool) -> None:
    entered(case, **values)
    assert late(entry_unassigned, case) is expected


def test_an_assigned_entry_has_its_structure(case: Case) -> None:
    entered(case, **opened(3), assigned_to=case.home, assigned_on=ago(1))
    assert not late(entry_unassigned, case)


@pytest.mark.parametrize(("number", "expected"), [(14, False), (15, True)])
def test_a_first_interview_within_fifteen_days(case: Case, number: int, expected: bool) -> None:
    assigned = {"assigned_to": case.home, "assigned_on": ago(1)}
    entered(case, **opened(number), **assigned)
    assert late(first_meeting_late, case) is expected
    entered(case, **opened(40), **assigned, first_interview_on=ago(1))
    assert late(first_meeting_late, case) is expected


def test_what_stands_on_the_list_to_unblock(case: Case) -> None:
    assert {rule.name for rule in unblocking()} == {"no_referent", "entry_unassigned"}
    assert {"no_referent", "entry_unassigned", "first_meeting_late"} <= set(RULES)
    assigned = {"assigned_to": case.home, "assigned_on": ago(1)}
    expected = {
        entered(case, **opened(7), **assigned).person_id: True,
        entered(case, **opened(6), **assigned).person_id: False,
        entered(case, **opened(6)).person_id: True,
    }
    with within(case.territory.pk):
        found = {key: load_circle(key, clock.now()) for key in expected}
    assert {key: bool(circle and circle.to_unblock) for key, circle in found.items()} == expected
