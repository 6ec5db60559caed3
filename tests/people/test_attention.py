"""The rules about entries and référents: the day they begin, and what stops them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from jalons.access.roles import Role
from jalons.attention.rules import RULES
from jalons.kernel import clock
from jalons.people.circle import load_circle
from jalons.people.queries import caseload
from tests.worlds import (
    Case,
    a_case,
    a_follow_up,
    a_person,
    a_setting,
    a_territory,
    an_entry,
    within,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


def ago(number: int) -> date:
    return clock.today() - timedelta(days=number)


def late(name: str, case: Case) -> bool:
    with within(case.territory.pk):
        rows = RULES[name].rows(clock.today(), case.territory.pk)
        return bool(rows.filter(person__territory=case.territory).exists())


def entered(case: Case, **values: Any) -> Any:
    """An entry of somebody whom nobody follows."""
    return an_entry(a_person(case.territory), case.partner.pk, **values)


def opened(number: int) -> dict[str, Any]:
    return {"received_on": ago(number), "opened_on": ago(number)}


@pytest.mark.parametrize(("number", "expected"), [(6, False), (7, True), (30, True)])
def test_without_referent_for_a_week(case: Case, number: int, expected: bool) -> None:
    entered(case, **opened(number))
    assert late("no_referent", case) is expected


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
    assert late("no_referent", case) is expected


def test_a_closed_entry_or_a_frozen_file_waits_for_nobody(case: Case) -> None:
    entered(case, **opened(20), closed_on=ago(1), close_motive="autre")
    frozen = a_person(case.territory, frozen_at=clock.now())
    an_entry(frozen, case.partner.pk, **opened(20))
    assert not late("no_referent", case)


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
    assert late("entry_unassigned", case) is expected


def test_an_assigned_entry_has_its_structure(case: Case) -> None:
    entered(case, **opened(3), assigned_to=case.home, assigned_on=ago(1))
    assert not late("entry_unassigned", case)


@pytest.mark.parametrize(("number", "expected"), [(14, False), (15, True)])
def test_a_first_interview_within_fifteen_days(case: Case, number: int, expected: bool) -> None:
    assigned = {"assigned_to": case.home, "assigned_on": ago(1)}
    entered(case, **opened(number), **assigned)
    assert late("first_meeting_late", case) is expected
    entered(case, **opened(40), **assigned, first_interview_on=ago(1))
    assert late("first_meeting_late", case) is expected


def to_unblock(case: Case, *persons: UUID) -> list[bool]:
    """By the circle; the coordinator's list must say the same."""
    coordinator = case.others[Role.COORDINATOR]
    with within(case.territory.pk, account=coordinator.account):
        circles = {key: load_circle(key, clock.now()) for key in persons}
        listed = set(caseload(coordinator).values_list("pk", flat=True))
    answers = {key: bool(circle and circle.to_unblock) for key, circle in circles.items()}
    assert listed & set(persons) == {key for key, answer in answers.items() if answer}
    return [answers[key] for key in persons]


def test_what_stands_on_the_list_to_unblock(case: Case) -> None:
    at_once = {rule.name for rule in RULES.values() if rule.unblocks}
    assert at_once == {"no_referent", "entry_unassigned"}
    assert {*at_once, "first_meeting_late"} <= set(RULES)
    assigned = {"assigned_to": case.home, "assigned_on": ago(1)}
    persons = [
        entered(case, **opened(7), **assigned).person_id,
        entered(case, **opened(6), **assigned).person_id,
        entered(case, **opened(6)).person_id,
    ]
    assert to_unblock(case, *persons) == [True, False, True]


def followed_and_waiting(case: Case, number: int) -> Any:
    entry = entered(case, **opened(number), assigned_to=case.home, assigned_on=ago(1))
    with within(case.territory.pk):
        person = entry.person
    a_follow_up(person, case.collegue, "referent", starts_on=ago(1))
    return person.pk


def set_to(case: Case, key: str, value: int | None, starts_on: date, **more: Any) -> None:
    a_setting(case.territory, key, value, starts_on=starts_on, **more)


def test_later_than_twice_the_threshold_joins_the_list(case: Case) -> None:
    persons = [followed_and_waiting(case, number) for number in (29, 30)]
    assert to_unblock(case, *persons) == [False, True]
    set_to(case, "attention.unblocking_factor", 1, ago(0))
    assert to_unblock(case, *persons, followed_and_waiting(case, 14)) == [True, True, False]
    set_to(case, "attention.first_meeting_late", 30, ago(0))
    assert to_unblock(case, *persons) == [False, True]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], False),
        ([(5, 10, None)], True),
        ([(5, -1, None)], False),
        ([(5, 10, 3)], False),
        ([(5, 10, -1)], True),
        ([(5, 10, None), (9, 4, None)], False),
        ([(5, 10, None), (9, 4, 2)], True),
        ([(5, 10, None), (None, 4, None)], False),
        ([(9, 4, None), (5, 4, None)], True),
    ],
)
def test_a_threshold_is_the_territory_s_on_that_day(
    case: Case, rows: list[tuple[int | None, int, int | None]], expected: bool
) -> None:
    """Values, the days ago that they begin and are withdrawn; an entry opened six days ago."""
    entered(case, **opened(6))
    for value, starts, withdrawn in rows:
        ends = None if withdrawn is None else ago(withdrawn)
        set_to(case, "attention.no_referent", value, ago(starts), withdrawn_on=ends)
    a_setting(a_territory(), "attention.no_referent", 1, starts_on=ago(9))
    assert late("no_referent", case) is expected
