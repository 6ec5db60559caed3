"""Pure rules of conservation: two years active after the last contact, two years of archive.

CASF, articles R. 263-1 and following. A delay in years ends on the same day of the month, at its
last instant; without that day (29 February), on the last day of the month (code de procédure
civile, article 641). The days of a legal hold are not counted.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Step = Literal["archive", "erase"]


@dataclass(frozen=True)
class Span:
    """Days during which the clocks stand still; the end is exclusive."""

    start: date
    end: date


@dataclass(frozen=True)
class Durations:
    """In years."""

    active: int
    archive: int


@dataclass(frozen=True)
class Clocks:
    """The last day of the active file, and the last day of its archive."""

    active_until: date
    kept_until: date


def years_after(day: date, years: int) -> date:
    """The last day of a delay in years: 29 February gives 28 February in a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 2, 28)


def months_after(day: date, months: int) -> date:
    """The last day of a delay in months, on the month's last day where it has not that one."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_before(day: date, months: int) -> date:
    """The first day still kept on `day`, when each day is kept a delay in months.

    Such a delay ends on the same day of the month, or on its last one: what began before is over.
    """
    past = day.year * 12 + day.month - 1 - months
    try:
        return date(past // 12, past % 12 + 1, day.day)
    except ValueError:
        return date((past + 1) // 12, (past + 1) % 12 + 1, 1)


def suspended(start: date, last: date, holds: Iterable[Span]) -> date:
    """The last day of a delay that began on `start`, put off by the days that were held."""
    for hold in _merged(holds):
        if hold.start > last:
            break
        held = (hold.end - max(hold.start, start)).days
        last += timedelta(days=max(held, 0))
    return last


def clocks(contact: date, durations: Durations, holds: Iterable[Span] = ()) -> Clocks:
    """Both delays after the last individual contact, one after the other."""
    spans = list(holds)
    active = suspended(contact, years_after(contact, durations.active), spans)
    archived = suspended(active + timedelta(days=1), years_after(active, durations.archive), spans)
    return Clocks(active, archived)


def due(found: Clocks, today: date, *, archived: bool, holds: Iterable[Span] = ()) -> Step | None:
    """What must be done today; nothing while a hold runs."""
    if any(hold.start <= today < hold.end for hold in holds):
        return None
    if today > found.kept_until:
        return "erase"
    return "archive" if today > found.active_until and not archived else None


def _merged(holds: Iterable[Span]) -> Iterator[Span]:
    """The same days, in order, each once."""
    current: Span | None = None
    for hold in sorted(holds, key=lambda span: (span.start, span.end)):
        if current and hold.start <= current.end:
            current = Span(current.start, max(current.end, hold.end))
            continue
        if current:
            yield current
        current = hold
    if current:
        yield current
