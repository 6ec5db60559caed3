"""The possible matches that a référent reads: whom they follow, and the file that was created."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level

from ..entries.queries import shown_name
from ..models import Entry, Person, PossibleMatch
from ..queries import shown_communes

SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A pair: `door` is the structure that received the newcomer, empty when it is not known."""

    row: PossibleMatch
    name: str
    newcomer: str
    birth_date: date | None
    commune: str
    door: str
    received_on: date | None


def matches(actor: Actor) -> "QuerySet[PossibleMatch]":
    """Those of the persons whose référent the actor is, the last first."""
    theirs = visible_to(actor, "possible_match", Level.IDENTITY)
    return PossibleMatch.objects.filter(theirs).order_by("-recorded_at", "-id")


def lines(actor: Actor) -> list[Line]:
    """The pairs that wait for an answer first; three queries."""
    rows = list(matches(actor).select_related("person", "newcomer")[:SHOWN])
    communes = shown_communes([row.newcomer for row in rows])
    entries = _entries([row.newcomer_id for row in rows])
    found = [_line(actor, row, communes[row.newcomer_id], entries) for row in rows]
    return sorted(found, key=lambda line: bool(line.row.answer))


def _entries(newcomers: Sequence[UUID]) -> dict[UUID, Entry]:
    """The first entry of each."""
    rows = Entry.objects.filter(person__in=newcomers).select_related("door")
    return {row.person_id: row for row in rows.order_by("-received_on", "-id")}


def _line(actor: Actor, row: PossibleMatch, commune: str, entries: dict[UUID, Entry]) -> Line:
    entry, newcomer = entries.get(row.newcomer_id), row.newcomer
    return Line(
        row,
        str(row.person),
        str(newcomer),
        newcomer.birth_date,
        commune,
        shown_name(actor, entry.door) if entry else "",
        entry.received_on if entry else None,
    )


def other_file(actor: Actor, person: Person) -> PossibleMatch | None:
    """What the file of one of the two says of the other, to the référent; waiting first."""
    found = matches(actor).filter(Q(person=person) | Q(newcomer=person))
    return found.exclude(answer="parted").order_by("answer", "id").first()
