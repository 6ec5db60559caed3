"""The clocks, to the day: pure rules, every boundary, 29 February, holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.rights.retention.rules import (
    Clocks,
    Durations,
    Span,
    clocks,
    due,
    months_before,
    suspended,
    years_after,
)

LAW = Durations(active=2, archive=2)
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("contact", "active", "kept"),
    [
        (date(2024, 3, 10), date(2026, 3, 10), date(2028, 3, 10)),
        (date(2024, 2, 29), date(2026, 2, 28), date(2028, 2, 28)),
        (date(2026, 2, 28), date(2028, 2, 28), date(2030, 2, 28)),
        (date(2023, 3, 1), date(2025, 3, 1), date(2027, 3, 1)),
        (date(2023, 12, 31), date(2025, 12, 31), date(2027, 12, 31)),
        (date(2024, 1, 1), date(2026, 1, 1), date(2028, 1, 1)),
    ],
)
def test_two_years_then_two_years(contact: date, active: date, kept: date) -> None:
    assert clocks(contact, LAW) == Clocks(active, kept)


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), -2, date(2022, 2, 28)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2025, 2, 28), 0, date(2025, 2, 28)),
    ],
)
def test_a_delay_in_years_ends_on_the_same_day(day: date, years: int, expected: date) -> None:
    assert years_after(day, years) == expected


def test_the_last_day_is_whole_and_the_next_one_is_too_many() -> None:
    ends = clocks(date(2024, 2, 29), LAW)
    assert due(ends, date(2026, 2, 28), archived=False) is None
    assert due(ends, date(2026, 3, 1), archived=False) == "archive"
    assert due(ends, date(2026, 3, 1), archived=True) is None
    assert due(ends, date(2028, 2, 28), archived=True) is None
    assert due(ends, date(2028, 2, 28), archived=False) == "archive"
    assert due(ends, date(2028, 2, 29), archived=True) == "erase"
    assert due(ends, date(2028, 2, 29), archived=False) == "erase"


START = date(2024, 1, 10)


@pytest.mark.parametrize(
    ("holds", "expected"),
    [
        ([], Clocks(date(2026, 1, 10), date(2028, 1, 10))),
        ([Span(date(2025, 1, 1), date(2025, 1, 31))], Clocks(date(2026, 2, 9), date(2028, 2, 9))),
        (
            [Span(date(2023, 12, 1), date(2024, 1, 20))],
            Clocks(date(2026, 1, 20), date(2028, 1, 20)),
        ),
        (
            [Span(date(2023, 12, 1), date(2024, 1, 10))],
            Clocks(date(2026, 1, 10), date(2028, 1, 10)),
        ),
        (
            [Span(date(2026, 1, 10), date(2026, 1, 12))],
            Clocks(date(2026, 1, 12), date(2028, 1, 12)),
        ),
        (
            [Span(date(2026, 1, 11), date(2026, 1, 21))],
            Clocks(date(2026, 1, 10), date(2028, 1, 20)),
        ),
        (
            [Span(date(2028, 1, 10), date(2028, 1, 20))],
            Clocks(date(2026, 1, 10), date(2028, 1, 20)),
        ),
        (
            [Span(date(2028, 1, 11), date(2028, 1, 21))],
            Clocks(date(2026, 1, 10), date(2028, 1, 10)),
        ),
        (
            [Span(date(2025, 1, 1), date(2025, 1, 11)), Span(date(2025, 1, 6), date(2025, 1, 16))],
            Clocks(date(2026, 1, 25), date(2028, 1, 25)),
        ),
        (
            [Span(date(2026, 1, 15), date(2026, 1, 20)), Span(date(2026, 1, 5), date(2026, 1, 12))],
            Clocks(date(2026, 1, 22), date(2028, 1, 22)),
        ),
    ],
)
def test_held_days_do_not_count(holds: list[Span], expected: Clocks) -> None:
    assert clocks(START, LAW, holds) == expected


def test_nothing_is_due_while_a_hold_runs() -> None:
    ends, hold = clocks(START, LAW), Span(date(2030, 1, 1), date(2030, 2, 1))
    assert due(ends, date(2029, 12, 31), archived=True, holds=[hold]) == "erase"
    assert due(ends, date(2030, 1, 1), archived=True, holds=[hold]) is None
    assert due(ends, date(2030, 1, 31), archived=False, holds=[hold]) is None
    assert due(ends, date(2030, 2, 1), archived=True, holds=[hold]) == "erase"


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(0, 400)), max_size=4))
def test_counting_day_by_day_gives_the_same(contact: date, drawn: list[tuple[date, int]]) -> None:
    """Another way to count: each day that is not held uses one of the delay's."""
    holds = [Span(day, day + timedelta(days=length)) for day, length in drawn]
    last = years_after(contact, 2)
    left, day = (last - contact).days, contact

    def held(when: date) -> bool:
        return any(span.start <= when < span.end for span in holds)

    if held(day):
        left += 1
    while left or held(day):
        day += timedelta(days=1)
        left -= not held(day)
    assert suspended(contact, last, holds) == day


@given(DAYS, st.lists(st.tuples(DAYS, st.integers(1, 400)), max_size=4))
def test_a_hold_only_ever_puts_off(contact: date, drawn: list[tuple[date, int]]) -> None:
    holds = [Span(day, day + timedelta(days=length)) for day, length in drawn]
    free, suspended_ = clocks(contact, LAW), clocks(contact, LAW, holds)
    assert suspended_.active_until >= free.active_until
    assert suspended_.kept_until >= free.kept_until


@pytest.mark.parametrize(
    ("day", "months", "first_kept"),
    [
        (date(2026, 11, 28), 12, date(2025, 11, 28)),
        (date(2027, 2, 28), 12, date(2026, 2, 28)),
        (date(2027, 3, 1), 12, date(2026, 3, 1)),
        (date(2027, 3, 30), 1, date(2027, 3, 1)),
        (date(2027, 8, 31), 6, date(2027, 3, 1)),
        (date(2028, 2, 29), 12, date(2027, 3, 1)),
        (date(2027, 1, 15), 1, date(2026, 12, 15)),
    ],
)
def test_a_delay_in_months_keeps_from_a_day_on(day: date, months: int, first_kept: date) -> None:
    assert months_before(day, months) == first_kept


@given(day=DAYS, months=st.integers(6, 12))
def test_what_is_kept_is_never_longer_nor_much_shorter(day: date, months: int) -> None:
    first = months_before(day, months)
    assert months_before(day + timedelta(days=1), months) >= first
    assert 28 * months <= (day - first).days <= 31 * months
