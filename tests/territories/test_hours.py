"""Weekly hours are read as people write them, and written as they read them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jalons.kernel.typography import SOLID
from jalons.territories.structures.hours import (
    MOST_SPANS,
    Span,
    WrongHours,
    spans_of,
    week,
    written,
)

MORNING = (time(9), time(12))
AFTERNOON = (time(13, 30), time(17))
MINUTES = st.lists(st.integers(0, 1439), unique=True, max_size=2 * MOST_SPANS)


@st.composite
def openings(draw: st.DrawFn) -> list[Span]:
    minutes = sorted(draw(MINUTES))
    times = [time(minute // 60, minute % 60) for minute in minutes]
    return list(zip(times[::2], times[1::2], strict=False))


@given(openings())
def test_what_is_written_is_read_back(spans: list[Span]) -> None:
    assert spans_of(written(spans)) == spans


@pytest.mark.parametrize(
    "text",
    [
        "9 h – 12 h, 13 h 30 – 17 h",
        "9h-12h,13h30-17h",
        "9:00 à 12:00 ; 13:30 à 17:00",
        "de 9 h à 12 h et de 13 h 30 à 17 h",
        "13 h 30 – 17 h, 9 h – 12 h",
    ],
)
def test_people_write_the_same_hours_in_many_ways(text: str) -> None:
    assert spans_of(text) == [MORNING, AFTERNOON]


def test_an_empty_day_is_closed() -> None:
    assert spans_of("  ") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("le matin", "comme « 9 h – 12 h"),
        ("9 h", "comme « 9 h – 12 h"),
        ("12 h – 9 h", "après l’ouverture"),
        ("9 h – 9 h", "après l’ouverture"),
        ("9 h – 25 h", "entre 0 h et 23 h 59"),
        ("9 h – 12 h 75", "entre 0 h et 23 h 59"),
        ("9 h – 12 h, 11 h – 14 h", "réunissez-les"),
        ("9 h – 12 h, 12 h – 14 h", "réunissez-les"),
        (", ".join(f"{hour} h – {hour} h 30" for hour in range(5)), f"au plus {MOST_SPANS}"),
    ],
)
def test_wrong_hours_say_what_to_write(text: str, said: str) -> None:
    with pytest.raises(WrongHours, match=said):
        spans_of(text)


def test_days_that_are_alike_are_told_together() -> None:
    days = {1: [MORNING, AFTERNOON], 2: [MORNING, AFTERNOON], 3: [MORNING, AFTERNOON]}
    days |= {5: [MORNING], 6: [MORNING], 7: []}
    assert week(days) == [
        ("Du lundi au mercredi", f"9{SOLID}h – 12{SOLID}h, 13{SOLID}h{SOLID}30 – 17{SOLID}h"),
        ("Vendredi et samedi", f"9{SOLID}h – 12{SOLID}h"),
    ]
    assert week({2: [MORNING]}) == [("Mardi", f"9{SOLID}h – 12{SOLID}h")]
    assert week({}) == []


@given(st.dictionaries(st.integers(1, 7), openings()))
def test_a_week_tells_every_day_that_opens_and_no_other(days: dict[int, list[Span]]) -> None:
    told = [hours for _, hours in week(days)]
    assert set(told) == {written(spans) for spans in days.values() if spans}
    assert len(told) <= sum(1 for spans in days.values() if spans)
