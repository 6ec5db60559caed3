"""What a cell means: the value as the house keeps it, or why it cannot be."""

import re
import unicodedata
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siret as siret_number

from jalons.kernel.text import fold

ValueKind = Literal[
    "empty",
    "bad_date",
    "bad_checksum",
    "bad_format",
    "unknown_code",
    "unknown_reference",
    "conflict",
    "out_of_territory",
]

_IN_NUMBERS = re.compile(r"[\s.'’=\"-]+")
"""What stands between the digits of a number, or what spreadsheets put around it."""
_DECIMALS = re.compile(r"[.,]0{1,2}$")
_NOTHING = {"aucun", "aucune", "n a", "na", "nc", "neant", "non renseigne", "null", "none"}
_CHECK_URL = URLValidator(schemes=["http", "https"])


class Bad(Exception):
    """A value that cannot be kept: its kind, and what to do, in French and without the value."""

    def __init__(self, kind: ValueKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def clean(text: str) -> str:
    """Blanks made one, invisible signs dropped, accents composed."""
    composed = unicodedata.normalize("NFC", text)
    kept = (sign for sign in composed if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


def is_nothing(text: str) -> bool:
    """Whether a cell says in words or signs that it is empty: « néant », « n/a », « - »."""
    folded = fold(text)
    return not folded or folded in _NOTHING


def siret(text: str) -> str:
    """Fourteen digits; a zero that a spreadsheet took from the front is given back."""
    digits = _digits(text)
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (13, 14):
        raise Bad("bad_format", "Un SIRET compte quatorze chiffres.")
    try:
        return str(siret_number.validate(digits.zfill(14)))
    except InvalidChecksum:
        raise Bad("bad_checksum", "Ce SIRET n’existe pas\u00a0: sa clé est fausse.") from None
    except BadNumber:
        raise Bad("bad_format", "Un SIRET compte quatorze chiffres.") from None


def email(text: str) -> str:
    address = clean(text).lower().removeprefix("mailto:")
    try:
        validate_email(address)
    except ValidationError:
        raise Bad("bad_format", "Cette adresse de courriel n’est pas valable.") from None
    if len(address) > 254:
        raise Bad("bad_format", "Cette adresse de courriel est trop longue.")
    return address


def website(text: str) -> str:
    address = clean(text)
    if "://" not in address:
        address = f"https://{address}"
    try:
        _CHECK_URL(address)
    except ValidationError:
        raise Bad("bad_format", "Cette adresse de site web n’est pas valable.") from None
    if len(address) > 200:
        raise Bad("bad_format", "Cette adresse de site web est trop longue.")
    return address


def postcode(text: str) -> str:
    """Five digits; a zero that a spreadsheet took from the front is given back."""
    digits = _digits(text)
    if re.fullmatch("[0-9]{4,5}", digits) is None:
        raise Bad("bad_format", "Un code postal compte cinq chiffres.")
    return digits.zfill(5)


def _digits(text: str) -> str:
    return _IN_NUMBERS.sub("", _DECIMALS.sub("", text.strip()))
