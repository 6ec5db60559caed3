"""The deployment calendar: states, delays, quarters, and where a bar stands in a year."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.access.table import DROP, FINISH, START
from jalons.access.transitions import Impossible
from jalons.territories.calendar.rules import (
    ACTION,
    Dates,
    bar,
    days_late,
    milestone_standing,
    place_in_year,
    quarter,
    span,
    standing,
    years,
)

TODAY = date(2026, 6, 15)
DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


@st.composite
def dates(draw: st.DrawFn) -> Dates:
    """An action whose end is planned after its start, and that happened or not."""
    start = draw(DAYS)
    due = start + timedelta(days=draw(st.integers(0, 900)))
    begun = draw(st.none() | DAYS)
    end = draw(st.none() | DAYS)
    dropped = draw(st.booleans())
    return Dates(start, due, begun, None if dropped else end, end if dropped else None)


@pytest.mark.parametrize(
    ("given_dates", "expected", "late"),
    [
        (Dates(day(0), day(5)), "planned", 0),
        (Dates(day(-1), day(5)), "late", 1),
        (Dates(day(-9), day(5), started_on=day(-9)), "in_progress", 0),
        (Dates(day(-9), day(0), started_on=day(-9)), "in_progress", 0),
        (Dates(day(-9), day(-1), started_on=day(-9)), "late", 1),
        (Dates(day(-9), day(-4)), "late", 4),
        (Dates(day(-9), day(-4), done_on=day(-2)), "done", 0),
        (Dates(day(-9), day(-4), dropped_on=day(-2)), "dropped", 0),
    ],
)
def test_where_an_action_stands(given_dates: Dates, expected: str, late: int) -> None:
    assert standing(given_dates, TODAY) == expected
    assert days_late(given_dates, TODAY) == late


@given(dates(), DAYS)
def test_an_action_is_late_or_has_no_delay(action: Dates, today: date) -> None:
    assert (days_late(action, today) > 0) == (standing(action, today) == "late")


@given(dates(), DAYS)
def test_what_is_over_is_never_late(action: Dates, today: date) -> None:
    if action.done_on or action.dropped_on:
        assert standing(action, today) in ("done", "dropped")


@given(dates(), DAYS)
def test_a_span_goes_forward(action: Dates, today: date) -> None:
    start, end = span(action, today)
    assert start <= end
    assert start <= action.starts_on


@given(dates(), DAYS, st.integers(2019, 2035))
def test_a_bar_stays_in_its_year(action: Dates, today: date, year: int) -> None:
    start, end = span(action, today)
    drawn = bar(action, year, today)
    assert (drawn is None) == (end.year < year or start.year > year)
    if drawn:
        assert 0 <= drawn.left <= 1
        assert drawn.width >= 0
        assert drawn.over >= 0
        assert drawn.over_left + drawn.over <= 1 + 1e-9
        assert drawn.left + drawn.width == pytest.approx(drawn.over_left)
        assert drawn.width + drawn.over > 0


def test_what_goes_beyond_the_planned_end_is_told_apart() -> None:
    late = Dates(date(2026, 1, 1), date(2026, 3, 31), started_on=date(2026, 1, 1))
    drawn = bar(late, 2026, date(2026, 12, 31))
    assert drawn
    assert drawn.left == 0
    assert drawn.width == pytest.approx(90 / 365)
    assert drawn.over == pytest.approx(275 / 365)
    dropped = bar(Dates(late.starts_on, late.due_on, dropped_on=day(0)), 2026, TODAY)
    assert dropped
    assert dropped.over == 0


@given(DAYS, DAYS, st.integers(2019, 2035))
def test_days_stand_in_their_order(one: date, other: date, year: int) -> None:
    places = place_in_year(one, year), place_in_year(other, year)
    assert all(0 <= place <= 1 for place in places)
    if one <= other:
        assert places[0] <= places[1]


@pytest.mark.parametrize(("month", "expected"), [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4), (12, 4)])
def test_quarters(month: int, expected: int) -> None:
    assert quarter(date(2026, month, 1)) == expected


def test_years_are_those_that_something_touches_and_this_one() -> None:
    assert years([], TODAY) == [2026]
    spans = [(date(2024, 5, 1), date(2025, 2, 1)), (date(2040, 1, 1), date(2040, 2, 1))]
    assert years(spans, TODAY) == [2024, 2025, 2026]


@pytest.mark.parametrize(
    ("due", "reached", "expected"),
    [
        (day(0), None, "expected"),
        (day(-1), None, "late"),
        (day(-1), day(0), "reached"),
        (day(9), day(0), "reached"),
    ],
)
def test_where_a_milestone_stands(due: date, reached: date | None, expected: str) -> None:
    assert milestone_standing(due, reached, TODAY) == expected


MATRIX = {
    (START, "planned"): "in_progress",
    (FINISH, "planned"): "done",
    (FINISH, "in_progress"): "done",
    (DROP, "planned"): "dropped",
    (DROP, "in_progress"): "dropped",
}


@pytest.mark.parametrize("act", [START, FINISH, DROP])
@pytest.mark.parametrize("state", list(ACTION.states))
def test_every_act_from_every_state(act: str, state: str) -> None:
    if (act, state) in MATRIX:
        assert ACTION.target(act, state) == MATRIX[act, state]
        return
    with pytest.raises(Impossible):
        ACTION.target(act, state)
