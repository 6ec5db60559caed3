"""The links that a professional sent about a person, and that they may end."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import decide

from ..circle import Circle


@dataclass(frozen=True)
class SentLink:
    """A link that the actor sent and that still opens what `label` says, until `expires_at`."""

    key: UUID
    label: str
    sent_at: datetime
    expires_at: datetime


def sent_links(actor: Actor, circle: Circle) -> list[SentLink]:
    """The actor's own running links about the person, for who may send one; one query."""
    if not actor.account or not decide(actor, "people.send_link", circle):
        return []
    return [
        SentLink(row.pk, links.SCOPES[row.scope].label, row.recorded_at, row.expires_at)
        for row in links.running_of(actor.account, "person", circle.key)
    ]
