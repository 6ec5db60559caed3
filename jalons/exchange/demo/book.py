"""The journal of the demo's past: events kept as they are invented, written in order of time."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from jalons.journal.past import Past, append_past
from jalons.kernel import clock


class Book:
    """`note` keeps an event of a territory; `write` appends them all."""

    def __init__(self, territory: int, random: Random) -> None:
        self._territory, self._random = territory, random
        self._events: list[Past] = []
        self._now = clock.now()

    def note(self, kind: str, day: date, **values: Any) -> None:
        """An event of a past or present day, at some working hour."""
        at = min(self.moment(day), self._now)
        self._events.append(Past(kind, self._territory, at, **values))

    def moment(self, day: date) -> datetime:
        hour = time(self._random.randrange(8, 18), self._random.randrange(60))
        return timezone.make_aware(datetime.combine(day, hour))

    def write(self) -> None:
        append_past(sorted(self._events, key=lambda event: event.occurred_at))


def working(day: date) -> date:
    """The same day, or the Friday before a week-end: nobody receives then."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def actor(account: UUID, mandate: UUID, organization: UUID) -> dict[str, UUID]:
    return {"account": account, "mandate": mandate, "organization": organization}
