"""A proposed correction beside what stands now, and values of fields in words."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.identity import names_of

from ..circle import Circle
from ..models import Person, ProposedChange
from . import fields, proposals
from .actions.correct_identity import reads_hidden
from .fields import Value
from .queries import commune_names, language, named


@dataclass(frozen=True)
class ChangedField:
    """A field of a proposal: what its author saw, what stands now, what they propose."""

    name: str
    label: str
    seen: str | date
    now: str | date
    proposed: str | date
    moved: bool


@dataclass(frozen=True)
class AskedChange:
    """Author and organization are empty when the organization is not to be named."""

    key: UUID
    state: str
    organization: str
    author: str
    at: datetime
    fields: list[ChangedField]
    current: dict[str, Value]


def asked_change(actor: Actor, circle: Circle, key: UUID) -> AskedChange:
    """A proposal as who answers it reads it; a commune hidden since stays hidden."""
    row = ProposedChange.objects.select_related("organization").get(pk=key)
    person = Person.objects.get(pk=circle.key)
    pairs = dict(proposals.read(row).fields)
    hides = person.hidden_address or person.discreet_contact
    if hides and not reads_hidden(actor, circle):
        pairs.pop(fields.PLACE, None)
    current = {name: fields.in_json(getattr(person, name)) for name in pairs}
    places = [*pairs.get(fields.PLACE, ()), current.get(fields.PLACE)]
    communes = commune_names([str(place) for place in places if place])
    organization = named(actor, circle, row)
    return AskedChange(
        key,
        row.state,
        organization,
        names_of([row.account_id]).get(row.account_id, "") if organization else "",
        row.proposed_at,
        [
            ChangedField(
                name,
                fields.LABELS[name],
                _written(name, before, communes),
                _written(name, current[name], communes),
                _written(name, after, communes),
                current[name] != before,
            )
            for name, (before, after) in pairs.items()
        ],
        current,
    )


def written(name: str, value: Value) -> str | date:
    """A field's value in words."""
    communes = commune_names([str(value)]) if name == fields.PLACE and value else {}
    return _written(name, value, communes)


def _written(name: str, value: Value, communes: dict[str, str]) -> str | date:
    if value in (None, ""):
        return "non renseigné"
    if name == fields.PLACE:
        return communes.get(str(value), str(value))
    if name == "language":
        return language(str(value)) or str(value)
    if name == "birth_date":
        return date.fromisoformat(str(value))
    return str(dict(fields.CHOICES.get(name, ())).get(str(value), value))
