"""Reads about requests: persons by their masked line, files by their counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import require, visible_to
from jalons.access.levels import Level
from jalons.access.table import ERASE, HANDLE_REQUEST, SEE_REQUESTS
from jalons.kernel import clock, crypto
from jalons.people.models import Person
from jalons.people.rules import initials
from jalons.territories.relations import ConsortiumFacts

from ..models import Hold, RightsRequest
from ..own_data import answer_purpose
from ..retention.plan import running
from .facts import RequestFacts
from .inventory import shown


def rights_request(facts: RequestFacts) -> RightsRequest:
    """The row of an authorised request, with who recorded and answered it."""
    rows = RightsRequest.objects.select_related("recorded_by", "answered_by")
    return rows.get(pk=facts.key)


@dataclass(frozen=True)
class RequestLine:
    request: RightsRequest
    who: str
    inventory: list[tuple[str, int]]
    late: bool
    soon: bool


@dataclass(frozen=True)
class ArchivedLine:
    """`transferred`: the file moved to another territory, this copy is frozen."""

    key: UUID
    who: str
    since: date
    transferred: bool


def of_the_territory(actor: Actor) -> ConsortiumFacts:
    """The consortium whose data the actor answers for. Raises Refused."""
    facts = ConsortiumFacts(actor.territory or 0)
    require(actor, SEE_REQUESTS, facts)
    return facts


def requests(actor: Actor) -> "QuerySet[RightsRequest]":
    """The territory's requests, the first due first, answered ones included. Raises Refused."""
    of_the_territory(actor)
    visible = visible_to(actor, "rights_request", Level.MASKED, act=HANDLE_REQUEST)
    return RightsRequest.objects.filter(visible).order_by("due_on", "id")


def of_person(person: UUID) -> list[RightsRequest]:
    found = RightsRequest.objects.filter(person=person).order_by("-received_on", "-pk")
    return list(found.defer("answer"))


def archived(actor: Actor) -> "QuerySet[Person]":
    """The archived or frozen files of the territory, the oldest first. Raises Refused."""
    of_the_territory(actor)
    put_away = Q(archived_at__isnull=False) | Q(frozen_at__isnull=False)
    return Person.objects.filter(visible_to(actor, "person", None, act=ERASE), put_away).order_by(
        "pk"
    )


def request_lines(found: Iterable[RightsRequest]) -> list[RequestLine]:
    """Each with the masked line of its person; one query."""
    rows = list(found)
    who = masked({row.person_id for row in rows})
    today = clock.today()
    return [
        RequestLine(
            row,
            who.get(row.person_id, ""),
            shown(row.inventory),
            late=row.answered_on is None and row.due_on < today,
            soon=row.answered_on is None and 0 <= (row.due_on - today).days <= 7,
        )
        for row in rows
    ]


def archived_lines(found: Iterable[Person]) -> list[ArchivedLine]:
    return [
        ArchivedLine(row.pk, _masked(row), since.date(), row.frozen_at is not None)
        for row in found
        if (since := row.frozen_at or row.archived_at)
    ]


def masked(persons: Iterable[UUID]) -> dict[UUID, str]:
    """« M. R., 1990 »: all that is said of a person to who answers for the data."""
    return {row.pk: _masked(row) for row in Person.objects.filter(pk__in=set(persons))}


def _masked(row: Person) -> str:
    year = f", {row.birth_date.year}" if row.birth_date else ""
    return f"{initials(row.given_name, row.family_name)}{year}"


def running_hold(person: UUID) -> Hold | None:
    found = running(Hold.objects.filter(person=person).order_by("-until", "pk"), clock.today())
    return found[0] if found else None


def answer_of(row: RightsRequest) -> str:
    if row.answer is None:
        return ""
    return crypto.decrypt(bytes(row.answer), answer_purpose(row.pk)).decode()
