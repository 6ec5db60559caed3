"""Telephone numbers as somebody writes them and as the database keeps them (E.164)."""

import re
from collections.abc import Iterable

import phonenumbers

_BETWEEN = re.compile(r"[,;\n]+")
MOST = 5


class WrongNumber(ValueError):
    """`str()` is a French sentence for the field."""


def numbers_of(text: str) -> list[str]:
    """The numbers of a field, in order, each once; a French one needs no country.

    Raises WrongNumber.
    """
    found = list(dict.fromkeys(_number(part) for part in _BETWEEN.split(text) if part.strip()))
    if len(found) > MOST:
        raise WrongNumber(f"Gardez au plus {MOST} numéros.")
    return found


def _number(text: str) -> str:
    sentence = f"« {text.strip()} » n’est pas un numéro de téléphone : écrivez ses dix chiffres."
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        raise WrongNumber(sentence) from None
    if not phonenumbers.is_possible_number(number):
        raise WrongNumber(sentence)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown(number: str) -> str:
    """« 06 39 98 00 12 »; the international form for another country."""
    parsed = phonenumbers.parse(number, "FR")
    national = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == "FR"
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(parsed, form.NATIONAL if national else form.INTERNATIONAL)


def written(numbers: Iterable[str]) -> str:
    """What a field shows, which `numbers_of` reads back."""
    return ", ".join(shown(number) for number in numbers)
