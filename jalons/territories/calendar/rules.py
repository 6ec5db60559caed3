"""What is true of the deployment calendar: states, delays, quarters. Pure functions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from jalons.access.roles import Role
from jalons.access.table import DROP, FINISH, REACH, START
from jalons.access.transitions import Transition, Workflow

COORDINATOR = frozenset({Role.COORDINATOR})

ACTION = Workflow(
    "deployment_action",
    "Action du calendrier",
    {
        "planned": "Prévue",
        "in_progress": "En cours",
        "done": "Terminée",
        "dropped": "Abandonnée",
    },
    (
        Transition(START, ("planned",), "in_progress", COORDINATOR),
        Transition(
            FINISH, ("planned", "in_progress"), "done", COORDINATOR, "à une date passée ou ce jour"
        ),
        Transition(DROP, ("planned", "in_progress"), "dropped", COORDINATOR, "avec un motif"),
    ),
)

MILESTONE = Workflow(
    "deployment_milestone",
    "Jalon du calendrier",
    {"expected": "Attendu", "reached": "Atteint"},
    (Transition(REACH, ("expected",), "reached", COORDINATOR),),
)

Standing = Literal["done", "dropped", "late", "in_progress", "planned"]


@dataclass(frozen=True)
class Dates:
    """The dates of an action; `started_on`, `done_on` and `dropped_on` once they happened."""

    starts_on: date
    due_on: date
    started_on: date | None = None
    done_on: date | None = None
    dropped_on: date | None = None


def standing(dates: Dates, today: date) -> Standing:
    """Where an action stands: late when it should be over, or begun, and is not."""
    if dates.dropped_on:
        return "dropped"
    if dates.done_on:
        return "done"
    if dates.due_on < today or (dates.starts_on < today and not dates.started_on):
        return "late"
    return "in_progress" if dates.started_on else "planned"


def days_late(dates: Dates, today: date) -> int:
    """Days beyond the planned end, else beyond the planned start; 0 when nothing is late."""
    if standing(dates, today) != "late":
        return 0
    missed = dates.due_on if dates.due_on < today else dates.starts_on
    return (today - missed).days


def milestone_standing(due_on: date, reached_on: date | None, today: date) -> str:
    """reached, late or expected."""
    if reached_on:
        return "reached"
    return "late" if due_on < today else "expected"


def span(dates: Dates, today: date) -> tuple[date, date]:
    """The days that an action takes, the first and the last: an open one that is late goes on."""
    start = min(dates.starts_on, dates.started_on or dates.starts_on)
    end = dates.done_on or dates.dropped_on or max(dates.due_on, today)
    return start, max(start, end)


def quarter(day: date) -> int:
    """1 to 4."""
    return (day.month - 1) // 3 + 1


def years(spans: Iterable[tuple[date, date]], today: date) -> list[int]:
    """Every year that a span touches, and this one; at most ten, around this one."""
    found = {today.year}
    for start, end in spans:
        found |= set(range(start.year, end.year + 1))
    return sorted(year for year in found if abs(year - today.year) <= 5)


def place_in_year(day: date, year: int) -> float:
    """The share of the year before a day, from 0 to 1; a day of another year stands at its edge."""
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    return min(max((day - first).days, 0), (following - first).days) / (following - first).days


@dataclass(frozen=True)
class Bar:
    """A span in a year, as shares of it; `over` is the part beyond the planned end."""

    left: float
    width: float
    over_left: float = 0
    over: float = 0


def bar(dates: Dates, year: int, today: date) -> Bar | None:
    """None when the action does not touch the year."""
    start, end = span(dates, today)
    if end.year < year or start.year > year:
        return None
    left, right = place_in_year(start, year), place_in_year(end + timedelta(days=1), year)
    edge = right
    if end > dates.due_on and not dates.dropped_on:
        edge = min(right, max(left, place_in_year(dates.due_on + timedelta(days=1), year)))
    return Bar(left, edge - left, edge, right - edge)
