"""Identifiers: formats, keys, keyed hashes, ciphers. No query, no right here."""

import re
from uuid import UUID

from jalons.kernel import crypto

from .models import Identifier, IdentifierKind, Person

PURPOSE = "people.identifier"
"""With the kind of number, what its cipher and its keyed hash are for."""
_KEY = 97
"""The key of a NIR is 97 minus the number modulo 97 (Insee)."""
_SIGNS = re.compile(r"[\s.\-/_]")
_CORSICA = {"2A": "19", "2B": "18"}
_NIR = re.compile(r"([1-478]\d{4}(?:\d{2}|2[AB])\d{6})(\d{2})?")
_CAF = re.compile(r"(\d{6,7})[A-Z]?")
_MSA = re.compile(r"\d{5,10}[A-Z]?")
_FRANCE_TRAVAIL = re.compile(r"\d{7}[0-9A-Z]|\d{10}[0-9A-Z]")
_SI = re.compile(r"(?=.*\d)[0-9A-Z]{3,40}")


class WrongIdentifier(ValueError):
    """The text is no number of this kind; `str()` is a French sentence for the field."""


WRONG = {
    IdentifierKind.SI: "Cet identifiant compte de trois à quarante lettres ou chiffres.",
    IdentifierKind.CAF: "Un numéro CAF compte sept chiffres, parfois suivis d’une lettre.",
    IdentifierKind.MSA: "Un numéro MSA compte de cinq à dix chiffres, parfois suivis d’une lettre.",
    IdentifierKind.FRANCE_TRAVAIL: (
        "Un identifiant France Travail compte sept chiffres et une lettre, ou onze chiffres."
    ),
    IdentifierKind.NIR: (
        "Vérifiez ce numéro : treize signes, puis la clé de deux chiffres si vous la connaissez."
    ),
}


def normalised(kind: str, text: str) -> str:
    """The form in which a number is kept, or "" when `text` is none of this kind.

    A NIR keeps its key, computed if it was not given; a CAF number loses its letter, which is a key
    that few files give.
    """
    found = _SIGNS.sub("", text[:60]).upper()
    if kind == IdentifierKind.NIR:
        return _nir(found)
    if kind == IdentifierKind.CAF:
        number = _CAF.fullmatch(found)
        return number[1].zfill(7) if number else ""
    pattern = {
        IdentifierKind.MSA: _MSA,
        IdentifierKind.FRANCE_TRAVAIL: _FRANCE_TRAVAIL,
        IdentifierKind.SI: _SI,
    }[IdentifierKind(kind)]
    return found if pattern.fullmatch(found) and not _nir(found) else ""


def digest(kind: str, text: str) -> bytes:
    """What equal numbers of a kind share. Raises WrongIdentifier."""
    return hashed(kind, _kept(kind, text))


def hashed(kind: str, number: str) -> bytes:
    """`digest` of a number that `normalised` gave."""
    return crypto.keyed_hash(number, purpose(kind))


def digests(text: str) -> dict[str, bytes]:
    """For each kind of number that a typed text could be, its keyed hash."""
    return {kind: digest(kind, text) for kind in IdentifierKind.values if normalised(kind, text)}


def new_identifier(
    person: Person, kind: str, text: str, *, source: UUID | None = None
) -> Identifier:
    """A number of `person`, not saved yet. Raises WrongIdentifier."""
    number = _kept(kind, text)
    return Identifier(
        territory_id=person.territory_id,
        person=person,
        kind=kind,
        source_id=source,
        cipher=crypto.encrypt(number.encode(), purpose(kind)),
        digest=hashed(kind, number),
    )


def read(identifier: Identifier) -> str:
    """The number. Raises PermissionError for a NIR, which is never shown to anybody."""
    if identifier.kind == IdentifierKind.NIR:
        raise PermissionError("A NIR is matched, never read.")
    return crypto.decrypt(bytes(identifier.cipher), purpose(identifier.kind)).decode()


def _nir(text: str) -> str:
    found = _NIR.fullmatch(text)
    if found is None:
        return ""
    body, given = found.groups()
    department = body[5:7]
    number = body[:5] + _CORSICA.get(department, department) + body[7:]
    key = f"{_KEY - int(number) % _KEY:02}"
    return body + key if given in (None, key) else ""


def _kept(kind: str, text: str) -> str:
    found = normalised(kind, text)
    if not found:
        raise WrongIdentifier(WRONG[IdentifierKind(kind)])
    return found


def purpose(kind: str) -> str:
    return f"{PURPOSE}.{kind}"
