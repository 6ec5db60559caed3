"""Where an alert leads: to the page where its kind is answered, else to the person it is about,
else to the page of the object it is about."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from jalons.access.actor import Actor
from jalons.journal.kinds import label_of
from jalons.journal.models import Event
from jalons.journal.notifications import unread

_pages: dict[str, tuple[str, str]] = {"person": ("people:identity", "Ouvrir le dossier")}


_answered: dict[str, tuple[str, str]] = {
    "people.follow_requested": ("people:follow_requests", "Répondre"),
    "people.match_met": ("people:matches", "Vérifier"),
    "rights.list_overdue": ("rights:exports", "Vos exports"),
    "people.unusual_reading": ("people:vigilance", "Regarder"),
    "people.follow_request_accepted": ("people:follow_requests", "Voir la réponse"),
    "people.follow_request_refused": ("people:follow_requests", "Voir la réponse"),
}
"""The kinds of events that a page of their own answers."""


def register(object_kind: str, url_name: str, label: str) -> None:
    """A higher room's page of one kind of object, and the words of the button that opens it."""
    _pages[object_kind] = (url_name, label)


@dataclass(frozen=True)
class Alert:
    """A notification as its owner reads it; `url` is empty when there is nothing to open."""

    key: UUID
    label: str
    at: datetime
    url: str
    action: str


def alerts(actor: Actor) -> list[Alert]:
    """What the account has not read, the oldest first; two queries."""
    rows = unread(actor.account) if actor.account else []
    events = {event.pk: event for event in Event.objects.filter(pk__in=[row.event for row in rows])}
    return [_alert(row.pk, events[row.event]) for row in rows if row.event in events]


def _alert(key: UUID, event: Event) -> Alert:
    if event.kind in _answered:
        url_name, action = _answered[event.kind]
        return Alert(key, label_of(event.kind), event.occurred_at, reverse(url_name), action)
    kind, about = (
        ("person", event.person) if event.person else (event.object_kind, event.object_key)
    )
    url_name, action = _pages.get(kind, ("", "")) if about else ("", "")
    url = reverse(url_name, args=[about]) if url_name else ""
    return Alert(key, label_of(event.kind), event.occurred_at, url, action)
