"""The demo's journeys in time: a date or a step, turned into the shift of the clock."""

import calendar
from datetime import date, datetime, timedelta
from typing import Literal

from django.utils import timezone

from . import clock

YEARS = 10
"""How far from the present the demo goes."""


def next_month(day: date) -> date:
    """The same day of the next month, or its last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def bounds() -> tuple[date, date]:
    """The first and last dates that the demo goes to."""
    present = timezone.localdate()
    reach = timedelta(days=365 * YEARS)
    return present - reach, present + reach


def go_to(day: date) -> None:
    """Moves the demo's clock to that day, at the present time of day. Raises ValueError beyond
    `bounds`, PermissionError outside the demo."""
    first, last = bounds()
    if not first <= day <= last:
        raise ValueError(f"{day} is beyond {first} and {last}.")
    present = timezone.localtime()
    there = timezone.make_aware(datetime.combine(day, present.time()))
    clock.set_demo_shift(there - present)


def forward(step: Literal["day", "week", "month"]) -> None:
    """One step from the demo's day, no further than `bounds`."""
    today = clock.today()
    days = {"day": 1, "week": 7}.get(step)
    there = today + timedelta(days=days) if days else next_month(today)
    go_to(min(there, bounds()[1]))


def come_back() -> None:
    clock.set_demo_shift(timedelta(0))
