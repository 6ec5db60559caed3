"""The three years that a generated population has lived; days and minutes count from `FIRST`."""

from datetime import UTC, date, datetime, timedelta
from functools import cache

FIRST = date(2023, 11, 23)
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
"""The present of the generated files: a measure travels there."""
LENGTH = (TODAY - FIRST).days
OPENING, CLOSING = 7 * 60, 17 * 60
"""Working hours, in minutes of the day (UTC)."""

_EPOCH = int(datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC).timestamp() * 1000)
_CLOCK = [f"{minute // 60:02}:{minute % 60:02}:00+00" for minute in range(24 * 60)]


@cache
def text(day: int) -> str:
    """« 2023-11-23 » for 0; the past before `FIRST` is negative."""
    return str(FIRST + timedelta(day))


def moment(minute: int) -> str:
    return f"{text(minute // 1440)} {_CLOCK[minute % 1440]}"


def milliseconds(minute: int) -> int:
    """Since the Unix epoch."""
    return _EPOCH + minute * 60_000


def at_work(day: int, chance: float) -> int:
    """A minute of the working hours of a day, for `chance` in [0, 1)."""
    return day * 1440 + OPENING + int(chance * (CLOSING - OPENING))
