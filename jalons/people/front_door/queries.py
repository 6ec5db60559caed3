"""What the front door answers: a file, a masked line, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import decide, visible_to
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import BREAK_GLASS
from jalons.kernel import clock

from ..circle import Circle, load_known_circles
from ..models import FollowRequest, Person, Search
from ..queries import MaskedLine, shown_communes
from ..rules import initials
from .relations import SearchFacts, load_search
from .typed import REQUEST, SEARCH, Typed, disclose
from .workflow import ASK, RECEIVE


@dataclass(frozen=True)
class Answer:
    """One person who may be the one: `name` is empty where only the masked line is shown.

    `asked` says that the actor's own request to follow them waits; `may_ask` and `urgent`, that
    they may ask, or open the file urgently.
    """

    key: UUID
    line: MaskedLine
    name: str = ""
    birth_date: date | None = None
    asked: bool = False
    may_ask: bool = False
    urgent: bool = False


def known_to(actor: Actor, keys: Sequence[UUID]) -> list[UUID]:
    """Those of these persons whom `actor` may know of, in the same order; one query."""
    circles = _circles(keys)
    return [key for key in keys if key in circles and may_know(actor, circles[key])]


def may_know(actor: Actor, circle: Circle) -> bool:
    """Whether the actor may know that the consortium knows this person."""
    levels = (Level.IDENTITY, Level.MASKED)
    return any(decide(actor, READ, circle, level) for level in levels)


def own_search(actor: Actor, key: UUID) -> Search | None:
    """The actor's own search, until it expires."""
    own = visible_to(actor, "search", Level.PRIVATE)
    return Search.objects.filter(own, pk=key).first()


def search(facts: SearchFacts) -> Search:
    """The row of an authorised search."""
    return Search.objects.get(pk=facts.key)


def may_receive(actor: Actor, search: Search) -> bool:
    """Whether the actor may create, once, the person whom this search did not find."""
    facts = load_search(search.pk, clock.now())
    return search.created is None and facts is not None and bool(decide(actor, RECEIVE, facts))


def typed_in(search: Search) -> Typed:
    return disclose(search.cipher, search.pk, SEARCH)


def last_typed(actor: Actor, person: UUID) -> Typed | None:
    """What the actor typed last to find this person, while the answer is shown."""
    found = last_search(actor, person)
    return typed_in(found) if found else None


def last_search(actor: Actor, person: UUID) -> Search | None:
    """The actor's last search that found this person, while the answer is shown."""
    own = visible_to(actor, "search", Level.PRIVATE)
    return Search.objects.filter(own, found__contains=[person]).order_by("-recorded_at").first()


def answers(actor: Actor, search: Search) -> list[Answer]:
    """The persons that the search found and that the actor may still know of; five queries."""
    circles = _circles(search.found)
    shown = [key for key in search.found if key in circles and may_know(actor, circles[key])]
    rows = Person.objects.in_bulk(shown)
    communes = shown_communes(rows.values())
    asked = _asked(actor, shown)
    return [
        _answer(actor, rows[key], circles[key], communes[key], asked=key in asked) for key in shown
    ]


def _answer(actor: Actor, row: Person, circle: Circle, commune: str, *, asked: bool) -> Answer:
    known_by = {follower.organization for follower in circle.followers}
    line = MaskedLine(
        initials(row.given_name, row.family_name),
        row.birth_date.year if row.birth_date else None,
        commune,
        len(known_by),
    )
    if decide(actor, READ, circle, Level.IDENTITY):
        return Answer(row.pk, line, str(row), row.birth_date)
    may_ask = not asked and bool(decide(actor, ASK, circle))
    urgent = bool(decide(actor, BREAK_GLASS, circle))
    return Answer(row.pk, line, asked=asked, may_ask=may_ask, urgent=urgent)


def _circles(keys: Sequence[UUID]) -> dict[UUID, Circle]:
    if not keys:
        return {}
    return {circle.key: circle for circle in load_known_circles(list(keys), clock.now())}


def _asked(actor: Actor, keys: Sequence[UUID]) -> set[UUID]:
    own = visible_to(actor, "follow_request", Level.PRIVATE)
    waiting = FollowRequest.objects.filter(own, answer="", person__in=list(keys))
    return set(waiting.values_list("person", flat=True))


@dataclass(frozen=True)
class OwnRequest:
    """A request as its author sees it: what they typed, and the answer."""

    row: FollowRequest
    typed: Typed


def own_requests(actor: Actor) -> "QuerySet[FollowRequest]":
    """The requests that the actor made under this mandate, the last first."""
    own = visible_to(actor, "follow_request", Level.PRIVATE)
    return FollowRequest.objects.filter(own).order_by("-recorded_at", "-id")


def with_typed(rows: Sequence[FollowRequest]) -> list[OwnRequest]:
    return [OwnRequest(row, disclose(row.typed, row.pk, REQUEST)) for row in rows]


def requests_to_answer(actor: Actor) -> list[Any]:
    """The waiting requests that the actor answers, the oldest first, with their persons."""
    theirs = visible_to(actor, "follow_request", Level.IDENTITY)
    rows = FollowRequest.objects.filter(theirs, answer="")
    related = rows.select_related("person", "account", "organization", "entry")
    return list(related.order_by("recorded_at", "id")[:100])


def waiting_for(actor: Actor) -> int:
    """How many requests wait for the actor's answer."""
    theirs = visible_to(actor, "follow_request", Level.IDENTITY)
    return FollowRequest.objects.filter(theirs, answer="").count()
