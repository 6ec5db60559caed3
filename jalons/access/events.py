"""The journal as actions use it: an event in the name of an actor."""

from typing import Any
from uuid import UUID

from jalons.journal import events
from jalons.journal.models import Event

from .actor import Actor


def record(
    actor: Actor,
    kind: str,
    *,
    person: UUID | None = None,
    object_kind: str = "",
    object_key: UUID | None = None,
    payload: dict[str, Any] | None = None,
    dimensions: dict[str, Any] | None = None,
    cause: UUID | None = None,
) -> Event:
    """Appends one event about the actor's territory, in the caller's transaction."""
    return events.append(
        kind,
        territory=actor.territory,
        account=actor.account,
        mandate=actor.mandate,
        organization=actor.organization,
        person=person,
        object_kind=object_kind,
        object_key=object_key,
        payload=payload,
        dimensions=dimensions,
        cause=cause,
    )
