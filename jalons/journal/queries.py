"""Reads of the journal. Higher rooms ask the policy first: here persons are keys."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from .kinds import label_of
from .models import Event

Cursor = tuple[datetime, int]
"""The time and the position of the last line of a page."""


@dataclass(frozen=True)
class Line:
    event: Event
    label: str


@dataclass(frozen=True)
class Timeline:
    """A page of a person's events, the latest first; `next` is the cursor of the page after."""

    lines: list[Line]
    next: Cursor | None


def timeline(
    person: UUID,
    territory: int,
    before: Cursor | None = None,
    limit: int = 50,
    also: Collection[UUID] = (),
) -> Timeline:
    """The events about a person, in the open context: one SQL query.

    `also` are the keys of the files that theirs absorbed: a line's event bears the key it was
    written under.
    """
    found = Event.objects.filter(territory=territory, person__in=[person, *also])
    if before:
        at, position = before
        found = found.filter(Q(occurred_at__lt=at) | Q(position__lt=position), occurred_at__lte=at)
    events = list(found.order_by("-occurred_at", "-position")[: limit + 1])
    page = events[:limit]
    after = (page[-1].occurred_at, page[-1].position) if len(events) > limit else None
    return Timeline([Line(event, label_of(event.kind)) for event in page], after)


def as_recorded(at: datetime) -> "QuerySet[Event]":
    """The events that stood at that time: recorded by then, and not compensated by then."""
    undone = Event.objects.filter(cause=OuterRef("pk"), recorded_at__lte=at)
    return Event.objects.filter(~Exists(undone), recorded_at__lte=at)


def compensation_of(event: Event) -> Event | None:
    """The event that compensates this one, if it was undone."""
    return Event.objects.filter(cause=event.pk).order_by("position").first()
