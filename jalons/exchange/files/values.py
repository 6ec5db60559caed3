"""What a cell means: the value as the house keeps it, or why it cannot be."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import Literal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fr import siret as siret_number

from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.people import identifiers
from jalons.people.names import glued

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
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    kept = (sign for sign in composed if sign.isspace() or unicodedata.category(sign)[0] != "C")
    return " ".join("".join(kept).split())


@lru_cache(maxsize=10_000)
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


OLDEST = date(1900, 1, 1)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]00:00(?::00)?)?")
_FRENCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
NOT_A_DATE = "Cette date n’existe pas ou ne se lit pas."
_SEVERAL = re.compile(r"[/&+|;\n]|\bet\b|\bou\b", re.IGNORECASE)
_LOST_ZERO = re.compile(r"\d{6}[A-Z]")
"""A France Travail number of which a spreadsheet took the first zero."""
_YES, _NO = {"oui", "o", "yes", "vrai", "true", "1", "x"}, {"non", "n", "no", "faux", "false", "0"}


def day(text: str) -> str:
    """An ISO date, from 1997-04-22, 22/04/1997, 22-04-1997 or 22.04.1997."""
    iso, french = _ISO.fullmatch(text), _FRENCH.fullmatch(text)
    parts = iso.groups() if iso else french.groups()[::-1] if french else None
    if parts is None:
        raise Bad("bad_date", NOT_A_DATE)
    try:
        return date(*map(int, parts)).isoformat()
    except ValueError:
        raise Bad("bad_date", NOT_A_DATE) from None


def birth_date(text: str) -> str:
    found = day(text)
    if not OLDEST.isoformat() <= found <= clock.today().isoformat():
        raise Bad("bad_date", "Cette date de naissance n’est pas possible.")
    return found


def name(text: str) -> str:
    """One person's name."""
    if len(text) > 100:
        raise Bad("bad_format", "Ce texte dépasse 100 caractères.")
    if _SEVERAL.search(text):
        raise Bad("bad_format", "Cette cellule nomme deux personnes. Faites-en deux lignes.")
    if not glued(text):
        raise Bad("bad_format", "Ce n’est pas un nom.")
    return text


def nir(text: str) -> str:
    """With its key, which is checked when it is given."""
    found = identifiers.normalised("nir", text)
    if found:
        return found
    if identifiers.normalised("nir", re.sub(r"[\s.\-/_]", "", text)[:13]):
        raise Bad("bad_checksum", "La clé de ce NIR est fausse.")
    raise Bad("bad_format", "Un NIR compte treize signes, puis sa clé de deux chiffres.")


def si(text: str) -> str:
    """A number of a département's system; short ones get the zeros that a sheet may have taken."""
    found = identifiers.normalised("si", _DECIMALS.sub("", text.strip()).zfill(3))
    if not found:
        raise Bad("bad_format", "Un identifiant compte des lettres et des chiffres, 40 au plus.")
    return found


def caf(text: str) -> str:
    found = identifiers.normalised("caf", text)
    if not found:
        raise Bad("bad_format", "Ce numéro CAF n’est pas valable.")
    return found


def msa(text: str) -> str:
    found = identifiers.normalised("msa", text)
    if not found:
        raise Bad("bad_format", "Ce numéro MSA n’est pas valable.")
    return found


def france_travail(text: str) -> str:
    joined = re.sub(r"[\s.\-/_]", "", text).upper()
    filled = f"0{joined}" if _LOST_ZERO.fullmatch(joined) else joined
    found = identifiers.normalised("ft", filled)
    if not found:
        raise Bad("bad_format", "Cet identifiant France Travail n’est pas valable.")
    return found


def yes(text: str) -> str:
    """« oui » or « non »."""
    folded = fold(text)
    if folded in _YES:
        return "oui"
    if folded in _NO:
        return "non"
    raise Bad("unknown_code", "Écrivez Oui ou Non.")
