"""What the acts on a consortium share: the right, the lock, the event."""

from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import STEER
from jalons.journal.models import Event

from ..models import Organization, Territory
from ..relations import ConsortiumFacts

NOT_SHARED = "Cette page n’est pas partagée avec vous."


class Impossible(ValueError):
    """The act cannot be done as asked; `str()` is a French sentence for the screen."""


def hold_consortium(actor: Actor, act: str = STEER) -> Territory:
    """Asks the policy, then locks the actor's territory. Raises Refused."""
    if actor.territory is None:
        raise Refused("Choisissez d’abord un territoire.")
    require(actor, act, ConsortiumFacts(actor.territory))
    return Territory.objects.select_for_update().get(pk=actor.territory)


def own_organization(actor: Actor, key: UUID) -> Organization:
    """An organization of the actor's territory. Raises Refused."""
    found = Organization.objects.filter(pk=key, territory=actor.territory).first()
    if found is None:
        raise Refused(NOT_SHARED)
    return found


def told(
    actor: Actor,
    kind: str,
    about: tuple[str, UUID],
    payload: dict[str, Any] | None = None,
    *,
    cause: UUID | None = None,
) -> Event:
    """Appends « territories.<kind> » about an object: its kind and its key."""
    object_kind, object_key = about
    return record(
        actor,
        f"territories.{kind}",
        object_kind=object_kind,
        object_key=object_key,
        payload=payload,
        cause=cause,
    )


def key_of(event: Event) -> UUID:
    """The object that an event of this room is about."""
    assert event.object_key
    return event.object_key


def of_consortium(territory: Territory) -> tuple[str, UUID]:
    return "consortium", ConsortiumFacts(territory.pk).key
