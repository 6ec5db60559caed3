from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock

from ...circle import Circle
from ...domains import VIOLENCES
from ...holding import hold_person
from ...models import Person, ProposedChange
from ...sources import is_referent
from ..fields import FIELDS, PLACE, Value, at_once, giver, in_json, level_of
from ..proposals import Proposal, encrypted
from .writing import write

ACT = "people.correct_identity"


class Conflict(Exception):
    """Somebody changed these fields since the author read them: `current` holds their values."""

    def __init__(self, current: dict[str, Value]) -> None:
        super().__init__(", ".join(current))
        self.current = current


@dataclass(frozen=True)
class Outcome:
    """The fields changed at once, and those that wait for an answer."""

    changed: tuple[str, ...] = ()
    proposed: tuple[str, ...] = ()


def correctable(actor: Actor, circle: Circle, row: Person) -> list[str]:
    """The fields that `actor` reads, hence may correct; a hidden commune is its readers' own."""
    hidden = row.hidden_address or row.discreet_contact
    return [
        field
        for field in FIELDS
        if decide(actor, READ, circle, level_of(field))
        and (field != PLACE or not hidden or reads_hidden(actor, circle))
    ]


def reads_hidden(actor: Actor, circle: Circle) -> bool:
    """Whether `actor` reads a hidden address and discreet contacts."""
    return bool(decide(actor, READ, circle, Level.SEALED, domain=VIOLENCES))


@transaction.atomic
def correct_identity(
    actor: Actor, person: UUID, values: Mapping[str, Value], seen: Mapping[str, Value]
) -> Outcome:
    """Corrects what `values` changes of what was `seen`, or proposes it to the référent.

    Raises Refused, Conflict.
    """
    circle = hold_person(actor, person, ACT)
    row = Person.objects.get(pk=person)
    current = {field: in_json(getattr(row, field)) for field in values}
    wanted = {
        field: value
        for field, value in values.items()
        if value != seen.get(field, current[field]) and value != current[field]
    }
    if not set(wanted) <= set(correctable(actor, circle, row)):
        raise Refused("Cette page n’est pas partagée avec vous.")
    moved = {
        field: current[field]
        for field in wanted
        if seen.get(field, current[field]) != current[field]
    }
    if moved:
        raise Conflict(moved)
    referent = is_referent(actor, circle)
    now = {
        field: value
        for field, value in wanted.items()
        if at_once(circle, giver(row, field), actor.organization, referent=referent)
    }
    write(actor, row, now, actor.organization)
    waiting = {field: value for field, value in wanted.items() if field not in now}
    for level in sorted({level_of(field) for field in waiting}):
        pairs = {
            field: [current[field], value]
            for field, value in waiting.items()
            if level_of(field) == level
        }
        propose(actor, circle, level, pairs)
    return Outcome(tuple(now), tuple(waiting))


def propose(actor: Actor, circle: Circle, level: Level, pairs: dict[str, list[Value]]) -> None:
    """Lets the référent answer: of each field the value seen, and the one proposed."""
    assert actor.account
    assert actor.organization
    row = ProposedChange.objects.create(
        territory_id=circle.territory,
        person_id=circle.key,
        organization_id=actor.organization,
        account_id=actor.account,
        level=level,
        cipher=encrypted(Proposal(pairs)),
        proposed_at=clock.now(),
    )
    record(
        actor,
        "people.change_proposed",
        person=circle.key,
        object_kind="proposed_change",
        object_key=row.pk,
    )
