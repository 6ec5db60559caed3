"""Contacts: normalised to be matched, encrypted to be read. No query, no right here."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from jalons.access.levels import Level
from jalons.kernel import clock, crypto
from jalons.kernel.phones import phone, shown
from jalons.kernel.text import fold

from . import streets
from .models import Contact, ContactKind, Person

PURPOSE = "people.contact"
"""With the kind of contact, what its cipher and its keyed hash are for."""
LONGEST = 300
"""Signs of a value, and of a note."""


class WrongContact(ValueError):
    """The text is no contact of this kind; `str()` is a French sentence for the field."""


WRONG = {
    ContactKind.PHONE: "Ce n’est pas un numéro de téléphone : écrivez ses dix chiffres.",
    ContactKind.EMAIL: "Écrivez un courriel complet, comme prenom@exemple.fr.",
    ContactKind.ADDRESS: "Écrivez l’adresse : numéro et rue, code postal, commune.",
}


@dataclass(frozen=True)
class ContactContent:
    """`value`: E.164 phone, e-mail, address lines; `note`: whose it is, when to call."""

    value: str
    note: str = ""


def normalised(kind: str, text: str) -> str:
    """The form in which a contact is kept, or "" when `text` is none of this kind."""
    text = text[:LONGEST]
    if kind == ContactKind.PHONE:
        return phone(text)
    if kind == ContactKind.EMAIL:
        return _email(text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(filter(None, lines))


def digest(kind: str, text: str) -> bytes:
    """What equal contacts share. Raises WrongContact."""
    return hashed(kind, _kept(kind, text))


def hashed(kind: str, value: str) -> bytes:
    """`digest` of a value that `normalised` gave."""
    compared = fold(value) if kind == ContactKind.ADDRESS else value
    return crypto.keyed_hash(compared, purpose(kind))


def new_contact(  # noqa: PLR0913 - the columns of a contact
    person: Person,
    kind: str,
    text: str,
    *,
    note: str = "",
    safe: bool = False,
    source: UUID | None = None,
    starts_on: date | None = None,
    level: Level = Level.IDENTITY,
    domain: str = "",
) -> Contact:
    """A contact of `person`, not saved yet, from today unless said otherwise.

    Raises WrongContact.
    """
    return Contact(
        territory_id=person.territory_id,
        person=person,
        kind=kind,
        level=level,
        domain=domain,
        cipher=sealed(kind, ContactContent(_kept(kind, text), note.strip()[:LONGEST])),
        digest=digest(kind, text),
        street=streets.hashed(text) if kind == ContactKind.ADDRESS else [],
        safe=safe,
        source_id=source,
        starts_on=starts_on or clock.today(),
    )


def sealed(kind: str, content: ContactContent) -> bytes:
    """The cipher of a content."""
    return crypto.encrypt(json.dumps(asdict(content)).encode(), purpose(kind))


def read(contact: Contact) -> ContactContent:
    """What a contact says. Raises cryptography.exceptions.InvalidTag on an altered cipher."""
    body = crypto.decrypt(bytes(contact.cipher), purpose(contact.kind))
    return ContactContent(**json.loads(body))


def written(kind: str, value: str) -> str:
    """A value as a screen and a field show it, which `normalised` reads back."""
    return shown(value) if kind == ContactKind.PHONE else value


def _email(text: str) -> str:
    found = text.strip().lower()
    try:
        validate_email(found)
    except ValidationError:
        return ""
    return found


def _kept(kind: str, text: str) -> str:
    found = normalised(kind, text)
    if not found:
        raise WrongContact(WRONG[ContactKind(kind)])
    return found


def purpose(kind: str) -> str:
    return f"{PURPOSE}.{kind}"
