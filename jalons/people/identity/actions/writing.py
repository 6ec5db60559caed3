"""Changing the fields of a locked person: names, source of each field, events by level."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature

from ... import names
from ...models import Person
from ..fields import NAMES, PLACE, SITUATION, Value, from_json, in_json


def write(
    actor: Actor, row: Person, values: Mapping[str, Value], source: UUID | None
) -> list[Event]:
    """Writes the values that differ, each given by `source` today; one event a level.

    The commune of a hidden address is told as what is sealed.
    """
    old = {field: in_json(getattr(row, field)) for field in values}
    changed = {field: value for field, value in values.items() if value != old[field]}
    if not changed:
        return []
    given = [str(source), clock.today().isoformat()] if source else None
    columns: dict[str, Any] = {field: from_json(field, new) for field, new in changed.items()}
    columns["sources"] = row.sources | (dict.fromkeys(changed, given) if given else {})
    for field, value in columns.items():
        setattr(row, field, value)
    row.save(update_fields=[*columns, *_derived(row, changed)])
    return _tell(actor, row, {field: [old[field], new] for field, new in changed.items()})


def _derived(row: Person, changed: Mapping[str, Value]) -> list[str]:
    """Sets what follows from the changed fields, and answers the columns."""
    columns = []
    if set(changed) & set(NAMES):
        row.sort_key = names.sort_key(row.family_name, row.given_name)
        row.names = names.indexed(row.family_name, row.birth_name, row.given_name)
        columns += ["sort_key", "names"]
    if PLACE in changed:
        commune = nomenclature.commune(row.commune)
        row.epci = commune.epci if commune else ""
        columns.append("epci")
    return columns


def _tell(actor: Actor, row: Person, told: dict[str, list[Value]]) -> list[Event]:
    hidden = row.hidden_address or row.discreet_contact
    kinds = dict.fromkeys(SITUATION, "people.situation_changed")
    kinds |= {PLACE: "people.discretion_changed"} if hidden else {}
    by_kind: dict[str, dict[str, list[Value]]] = {}
    for field, pair in told.items():
        by_kind.setdefault(kinds.get(field, "people.person_changed"), {})[field] = pair
    return [
        record(actor, kind, person=row.pk, payload={"values": values})
        for kind, values in by_kind.items()
    ]
