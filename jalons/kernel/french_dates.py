"""Dates and times in French words. Relative dates are counted from `clock.today()`.

Dates are aware datetimes (read in the settings' time zone) or plain dates.
"""

from datetime import date, datetime

from django.utils import timezone

from . import clock
from .typography import SOLID

Day = date | datetime

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_MONTHS = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)

NEAR = 30
"""Beyond this number of days, `when` gives the date."""


def short(value: Day) -> str:
    """« 27 nov. », with the year when it is not the current one."""
    day = local_day(value)
    text = f"{_number(day)}{SOLID}{SHORT_MONTHS[day.month - 1]}"
    return text if day.year == clock.today().year else f"{text} {day.year}"


def long(value: Day) -> str:
    """« lundi 23 novembre 2026 », « dimanche 1er mars 2026 »."""
    day = local_day(value)
    return f"{WEEKDAYS[day.weekday()]} {_number(day)}{SOLID}{MONTHS[day.month - 1]} {day.year}"


def hour(value: datetime) -> str:
    """« 9 h », « 9 h 30 »."""
    time = timezone.localtime(value)
    text = f"{time.hour}{SOLID}h"
    return f"{text}{SOLID}{time.minute:02}" if time.minute else text


def when(value: Day) -> str:
    """« aujourd’hui », « il y a 3 jours », « dans 12 jours », « le 27 nov. » beyond `NEAR` days."""
    ahead = days_ahead(value)
    if ahead in _NAMED:
        return _NAMED[ahead]
    if abs(ahead) > NEAR:
        return f"le{SOLID}{short(value)}"
    return f"{'dans' if ahead > 0 else 'il y a'} {abs(ahead)}{SOLID}jours"


def due(value: Day) -> str:
    """A deadline: « 30 jours de retard », « aujourd’hui », « demain », « vendredi », « 27 nov. »"""
    ahead = days_ahead(value)
    if ahead < 0:
        return f"{-ahead}{SOLID}jour{'s' if ahead < -1 else ''} de retard"
    if ahead <= 1:
        return _NAMED[ahead]
    return WEEKDAYS[local_day(value).weekday()] if ahead < 7 else short(value)


def age(birth: date) -> int:
    """Whole years; someone born on 29 February turns on 1 March in a common year."""
    today = clock.today()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def days_ahead(value: Day) -> int:
    """Days from today; negative in the past."""
    return (local_day(value) - clock.today()).days


def local_day(value: Day) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


_NAMED = {0: "aujourd’hui", 1: "demain", -1: "hier"}


def _number(day: date) -> str:
    return "1er" if day.day == 1 else str(day.day)
