"""Weekly hours as somebody writes them: « 9 h – 12 h, 13 h 30 – 17 h ». Pure functions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from itertools import pairwise

from jalons.kernel.french_dates import WEEKDAYS
from jalons.kernel.typography import SOLID

Span = tuple[time, time]
"""From, to: the end is after the beginning."""

MOST_SPANS = 4
_TIME = r"(\d{1,2})\s*(?:h|:|H)\s*(\d{2})?"
_SPAN = re.compile(rf"^\s*(?:de\s+)?{_TIME}\s*(?:–|—|-|à|a|jusqu’à)\s*{_TIME}\s*$", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;]|\bet\b|/")


class WrongHours(ValueError):
    """`str()` is a French sentence for the field."""


def spans_of(text: str) -> list[Span]:
    """The openings of one day, in order; none for an empty text. Raises WrongHours."""
    if not text.strip():
        return []
    spans = sorted(_span(part) for part in _BETWEEN.split(text))
    if len(spans) > MOST_SPANS:
        raise WrongHours(f"Notez au plus {MOST_SPANS} ouvertures dans la journée.")
    for before, after in pairwise(spans):
        if after[0] <= before[1]:
            raise WrongHours("Deux ouvertures de cette journée se touchent : réunissez-les.")
    return spans


def _span(text: str) -> Span:
    found = _SPAN.match(text)
    if found is None:
        raise WrongHours("Écrivez les heures comme « 9 h – 12 h, 13 h 30 – 17 h ».")
    start, end = _time(found[1], found[2]), _time(found[3], found[4])
    if end <= start:
        raise WrongHours("La fermeture vient après l’ouverture.")
    return start, end


def _time(hour: str, minute: str | None) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        raise WrongHours("Écrivez une heure entre 0 h et 23 h 59.") from None


def written(spans: Iterable[Span]) -> str:
    """« 9 h – 12 h, 13 h 30 – 17 h », which `spans_of` reads back."""
    return ", ".join(f"{_shown(start)} – {_shown(end)}" for start, end in spans)


def _shown(moment: time) -> str:
    text = f"{moment.hour}{SOLID}h"
    return f"{text}{SOLID}{moment.minute:02}" if moment.minute else text


def week(days: Mapping[int, Sequence[Span]]) -> list[tuple[str, str]]:
    """The days that open and their hours, those that follow and are alike told together.

    `days` is by ISO weekday: « du lundi au jeudi », « 9 h – 12 h ».
    """
    groups: list[tuple[int, int, str]] = []
    for day in sorted(day for day, spans in days.items() if spans):
        hours = written(days[day])
        if groups and groups[-1][1] == day - 1 and groups[-1][2] == hours:
            groups[-1] = (groups[-1][0], day, hours)
        else:
            groups.append((day, day, hours))
    return [(_days(first, last), hours) for first, last, hours in groups]


def _days(first: int, last: int) -> str:
    if first == last:
        return WEEKDAYS[first - 1].capitalize()
    link = "et" if last == first + 1 else "au"
    if link == "et":
        return f"{WEEKDAYS[first - 1].capitalize()} et {WEEKDAYS[last - 1]}"
    return f"Du {WEEKDAYS[first - 1]} au {WEEKDAYS[last - 1]}"
