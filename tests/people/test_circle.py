"""What the policy knows of a person on a day: end dates are excluded, days are those of Paris."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from jalons.access.actor import Actor
from jalons.people.circle import Agreed, Circle, load_circle, load_circles
from jalons.people.models import Person
from jalons.territories.models import Organization
from tests.worlds import (
    a_follow_up,
    a_person,
    a_sealed_status,
    a_territory,
    an_actor,
    an_agreement,
    an_entry,
    an_objection,
    an_organization,
    within,
)

DAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def days(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.fixture
def home(db: None) -> Organization:
    return an_organization(a_territory())


@pytest.fixture
def person(home: Organization) -> Person:
    return a_person(home.territory_id)


@pytest.fixture
def actor(home: Organization) -> Actor:
    return an_actor(home)


def circle_of(person: Person, at: datetime = NOON, account: Any = None) -> Circle:
    with within(person.territory_id, account=account):
        found = load_circle(person.pk, at)
    assert found
    return found


PERIODS = [
    (-1, None, True),
    (0, None, True),
    (1, None, False),
    (-3, 1, True),
    (-3, 0, False),
    (-3, -1, False),
    (0, 1, True),
]
"""First day, first day without, whether it counts on `DAY`."""


@pytest.mark.parametrize(("starts", "ends", "counts"), PERIODS)
def test_a_follow_up_counts_from_its_first_day_to_the_last_before_its_end(
    person: Person, actor: Actor, starts: int, ends: int | None, counts: bool
) -> None:
    end = None if ends is None else days(ends)
    a_follow_up(person, actor, "referent", starts_on=days(starts), ends_on=end, read_only=True)
    circle = circle_of(person)
    assert bool(circle.followers) is counts
    if counts:
        (follower,) = circle.followers
        assert (follower.account, follower.organization) == (actor.account, actor.organization)
        assert (follower.role, follower.read_only) == ("referent", True)
        assert circle.referent == follower


@pytest.mark.parametrize(
    ("starts", "ends", "counts"), [period for period in PERIODS if period[1] != -3]
)
def test_an_agreement_counts_in_the_same_way(
    person: Person, home: Organization, starts: int, ends: int | None, counts: bool
) -> None:
    end = None if ends is None else days(ends)
    values = {"starts_on": days(starts), "ends_on": end}
    an_agreement(person, domains=["sante"], organizations=[home.pk], **values)
    expected = (Agreed(frozenset({"sante"}), frozenset({home.pk})),) if counts else ()
    assert circle_of(person).agreements == expected


@pytest.mark.parametrize(("withdrawn", "counts"), [(-1, False), (0, False), (1, True)])
def test_a_withdrawn_agreement_stops_on_its_day(
    person: Person, withdrawn: int, counts: bool
) -> None:
    an_agreement(person, starts_on=days(-9), withdrawn_on=days(withdrawn))
    assert bool(circle_of(person).agreements) is counts


@pytest.mark.parametrize(
    ("starts", "lifted", "counts"),
    [(0, None, True), (1, None, False), (-5, 0, False), (-5, 1, True)],
)
def test_an_objection_holds_until_it_is_lifted(
    person: Person, home: Organization, starts: int, lifted: int | None, counts: bool
) -> None:
    end = None if lifted is None else days(lifted)
    values = {"starts_on": days(starts), "lifted_on": end}
    an_objection(person, domain="sante", **values)
    an_objection(person, organization=home, **values)
    expected = {("sante", None), ("", home.pk)} if counts else set()
    assert set(circle_of(person).objections) == expected


@pytest.mark.parametrize(
    ("values", "waiting", "opened"),
    [
        ({}, True, True),
        ({"opened_on": None}, True, False),
        ({"closed_on": DAY, "close_motive": "autre"}, False, True),
    ],
)
def test_a_door_says_what_waits(
    person: Person, home: Organization, values: dict[str, Any], waiting: bool, opened: bool
) -> None:
    an_entry(person, home.pk, **values)
    (door,) = circle_of(person).doors
    assert (door.organization, door.waiting, door.opened) == (home.pk, waiting, opened)


def test_an_entry_that_was_met_waits_no_more(person: Person, home: Organization) -> None:
    entered = {"received_on": days(-5), "assigned_on": days(-4), "first_interview_on": days(-1)}
    an_entry(person, home.pk, assigned_to=home, **entered)
    (door,) = circle_of(person).doors
    assert not door.waiting


def test_the_readers_of_a_seal_are_seen_by_its_readers(
    person: Person, actor: Actor, home: Organization
) -> None:
    a_sealed_status(person, actor)
    assert circle_of(person, account=actor.account).sealed_readers == {("justice", actor.account)}
    assert circle_of(person, account=an_actor(home).account).sealed_readers == frozenset()


def test_marks_of_the_person_come_along(home: Organization) -> None:
    marked = a_person(home.territory_id, protected=True, frozen_at=NOON)
    circle = circle_of(marked)
    assert (circle.key, circle.territory) == (marked.pk, home.territory_id)
    assert (circle.protected, circle.frozen) == (True, True)
    plain = circle_of(a_person(home.territory_id))
    assert (plain.protected, plain.frozen, plain.referent) == (False, False, None)


@pytest.mark.parametrize(
    ("at", "counts"),
    [
        (datetime(2026, 3, 1, 22, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 1, 23, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 22, 59, tzinfo=UTC), True),
        (datetime(2026, 3, 2, 23, 0, tzinfo=UTC), False),
    ],
)
def test_a_day_begins_at_midnight_in_paris(
    person: Person, actor: Actor, at: datetime, counts: bool
) -> None:
    a_follow_up(person, actor, starts_on=DAY, ends_on=days(1))
    assert bool(circle_of(person, at).followers) is counts


def test_nobody_exists_outside_the_territory(person: Person) -> None:
    with within(a_territory().pk):
        assert load_circle(person.pk, NOON) is None
    assert load_circle(person.pk, NOON) is None


def test_several_circles_cost_one_query(
    home: Organization, actor: Actor, django_assert_num_queries: Callable[[int], Any]
) -> None:
    persons = [a_person(home.territory_id) for _ in range(5)]
    for person in persons:
        a_follow_up(person, actor, starts_on=DAY)
        an_entry(person, home.pk)
    with within(home.territory_id), django_assert_num_queries(1):
        circles = load_circles(Person.objects.all(), NOON)
    assert [circle.key for circle in circles] == sorted(person.pk for person in persons)
    assert all(len(circle.followers) == len(circle.doors) == 1 for circle in circles)
