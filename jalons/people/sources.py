"""Who gave a fact, as a reader may be told: a sensitive organization is not named to everybody."""

from collections.abc import Iterable
from uuid import UUID

from jalons.access.actor import Actor
from jalons.territories.models import Organization

from .circle import Circle


def source_names(actor: Actor, circle: Circle, keys: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of the organizations that `actor` may know as sources; one query at most."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    rows = Organization.objects.filter(pk__in=wanted).only("name", "sensitive")
    named = is_referent(actor, circle)
    return {
        row.pk: row.name
        for row in rows
        if named or not row.sensitive or row.pk == actor.organization
    }


def is_referent(actor: Actor, circle: Circle) -> bool:
    referent = circle.referent
    return bool(
        referent
        and referent.account == actor.account
        and referent.organization == actor.organization
    )
