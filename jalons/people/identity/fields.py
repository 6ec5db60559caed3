"""The fields of an identity that are corrected: their level, their form in JSON. Pure."""

from datetime import date
from typing import Any
from uuid import UUID

from jalons.access.levels import Level

from ..circle import Circle
from ..models import Channel, Household, Person

NAMES = ("family_name", "birth_name", "given_name")
PLACE = "commune"
SITUATION = ("household", "children")
FIELDS = (*NAMES, "birth_date", PLACE, "language", "channel", *SITUATION)
LABELS = {
    "family_name": "Nom",
    "birth_name": "Nom de naissance",
    "given_name": "Prénom",
    "birth_date": "Date de naissance",
    "commune": "Commune",
    "language": "Langue",
    "channel": "Moyen de contact préféré",
    "household": "Composition du foyer",
    "children": "Enfants à charge",
}
CHOICES = {"channel": Channel.choices, "household": Household.choices}

Value = str | int | None
"""As JSON holds it: a date in ISO form."""


def level_of(field: str) -> Level:
    return Person.field_levels[field]


def in_json(value: Any) -> Value:
    return value.isoformat() if isinstance(value, date) else value


def from_json(field: str, value: Value) -> Any:
    """What the column takes. Raises ValueError on what is no date."""
    if field == "birth_date":
        return date.fromisoformat(str(value)) if value else None
    return value


def values_of(row: Person) -> dict[str, Value]:
    return {field: in_json(getattr(row, field)) for field in FIELDS}


def giver(row: Person, field: str) -> UUID | None:
    """The organization that gave the value, when it is known."""
    found = row.sources.get(field)
    return UUID(found[0]) if found and found[0] else None


def at_once(
    circle: Circle, given_by: UUID | None, organization: UUID | None, *, referent: bool
) -> bool:
    """Whether a correction needs nobody's answer: the référent's, the giver's, or nobody asks."""
    return referent or given_by in (None, organization) or not circle.followers
