"""The réorientations to decide, and those that one asked."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.access.roles import Role
from jalons.kernel import clock
from jalons.territories.models import Organization

from ..entries.queries import HIDDEN, orientation_label, shown_name
from ..models import Person, Reorientation
from ..rules import initials
from .actions.holding import state_of
from .rules import REORIENTATION


def reorientations(actor: Actor) -> "QuerySet[Reorientation]":
    """The dispatcher's are those that wait; the others have all those they asked."""
    found = Reorientation.objects.filter(visible_to(actor, "reorientation", Level.SHARED))
    if actor.role == Role.DISPATCHER:
        found = found.filter(decided_on=None, withdrawn_on=None)
    rows = found.select_related(
        "person", "account", "organization", "wished_organization", "decided_organization"
    )
    return rows.order_by("asked_on", "id")


def one(actor: Actor, key: UUID) -> "Line":
    """A request that the route authorised."""
    rows = Reorientation.objects.select_related(
        "person", "account", "organization", "wished_organization", "decided_organization"
    )
    return lines(actor, [rows.get(pk=key)])[0]


def waiting(actor: Actor) -> tuple[int, Literal[""]] | None:
    """The menu's counter: how many wait for the dispatcher."""
    if actor.role != Role.DISPATCHER:
        return None
    return reorientations(actor).count(), ""


@dataclass(frozen=True)
class Line:
    """A request as its readers see it; `named` when the person's name may be read."""

    row: Reorientation
    name: str
    named: bool
    author: str
    wished: str
    decided: str
    state: str
    days: int


def lines(actor: Actor, rows: list[Reorientation]) -> list[Line]:
    """One query: whose name may be read; the others are told by their initials."""
    seen = visible_to(actor, "person", Level.IDENTITY)
    people = Person.objects.filter(seen, pk__in=[row.person_id for row in rows])
    named = set(people.values_list("pk", flat=True))
    return [_line(actor, row, named) for row in rows]


def _line(actor: Actor, row: Reorientation, named: set[UUID]) -> Line:
    place = shown_name(actor, row.organization)
    person, is_named = row.person, row.person_id in named
    return Line(
        row,
        str(person) if is_named else initials(person.given_name, person.family_name),
        is_named,
        place if place == HIDDEN else f"{row.account.full_name}, {place}",
        _place(actor, row.wished_type, row.wished_organization),
        _place(actor, row.decided_type, row.decided_organization),
        REORIENTATION.states[state_of(row)],
        (clock.today() - row.asked_on).days,
    )


def _place(actor: Actor, kind: str, organization: Organization | None) -> str:
    parts = [orientation_label(kind)] if kind else []
    parts += [shown_name(actor, organization)] if organization else []
    return ", ".join(parts)
