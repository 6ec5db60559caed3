"""Filters for French text, numbers and dates; builtins of every template. Empty in, empty out."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django import template

from jalons.kernel import french_dates, phones, typography

register = template.Library()


@register.filter(is_safe=True)
def typo(value: object) -> str:
    """French no-break spaces and apostrophes, in a value or around a block with `{% filter %}`."""
    return typography.typo(_text(value))


@register.filter
def initials(name: object) -> str:
    """« MR » for « Magali Rousseau », « AA » for « Anne-Lise Aït Saïd »: first and last words."""
    words = [word for word in _text(name).replace("-", " ").split() if word[0].isalnum()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


@register.filter
def thousands(number: int | Decimal | float | None) -> str:
    """« 1 250 », « 12 640,5 »."""
    if number is None or number == "":
        return ""
    return f"{number:,}".replace(",", typography.NARROW).replace(".", ",")


@register.filter
def decimal_comma(number: int | Decimal | float | None, places: int | None = None) -> str:
    """« 3,5 »; `places` fixes the number of decimals."""
    if number is None or number == "":
        return ""
    return (str(number) if places is None else f"{number:.{places}f}").replace(".", ",")


@register.filter
def plural(count: int | None, forms: str) -> str:
    """The count and its noun: `{{ n|plural:"jour" }}` « 0 jour », « 3 jours ».

    `forms` is a noun that takes an s, or both forms: « travail/travaux », « né/nés hier ».
    """
    if count is None:
        return ""
    one, _, many = forms.partition("/")
    word = one if abs(count) < 2 else many or _with_s(one)
    return f"{thousands(count)}{typography.SOLID}{word}"


@register.filter
def short_date(value: date | None) -> str:
    return _date(french_dates.short, value)


@register.filter
def long_date(value: date | None) -> str:
    return _date(french_dates.long, value)


@register.filter
def when(value: date | None) -> str:
    return _date(french_dates.when, value)


@register.filter
def due(value: date | None) -> str:
    return _date(french_dates.due, value)


@register.filter
def hour(value: datetime | None) -> str:
    return french_dates.hour(value) if value else ""


@register.filter
def age(birth: date | None) -> str:
    """« 34 ans »."""
    return plural(french_dates.age(birth), "an") if birth else ""


@register.filter
def phone(number: str | None) -> str:
    """« 06 39 98 00 11 »."""
    return phones.shown(number).replace(" ", typography.SOLID) if number else ""


def _date(write: Callable[[date], str], value: date | None) -> str:
    return write(value) if value else ""


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _with_s(noun: str) -> str:
    return noun if noun[-1:] in "sxz" else f"{noun}s"
