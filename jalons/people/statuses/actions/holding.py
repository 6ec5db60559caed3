"""What the acts on statuses share: who may write which status, and the kind of their events."""

from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.levels import Level

from ...circle import Circle
from ...domains import token
from ...holding import hold_person
from ...models import SealedReader, Status
from ..contents import StatusContent, read
from ..queries import readable

KINDS = {Level.SHARED: "people.status_{}"} | {
    level: f"people.{level}_status_{{}}" for level in (Level.RESTRICTED, Level.SEALED)
}


class WrongDates(ValueError):
    """`str()` is a French sentence for the field."""


def event_kind(level: str, what: str) -> str:
    """The kind of event of an act on a status of this level; neutral beyond `shared`."""
    return KINDS[Level(level)].format(what)


def hold_status(
    actor: Actor, person: UUID, key: UUID, act: str
) -> tuple[Circle, Status, StatusContent]:
    """Locks the person and one of their statuses. Raises Refused."""
    circle = hold_person(actor, person, act)
    row = Status.objects.select_for_update().filter(pk=key, person=person).first()
    content = read(row) if row else None
    if row is None or content is None or not readable(actor, circle, row, content):
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, circle, domain=content.domain)
    return circle, row, content


def add_reader(circle: Circle, account: UUID | None, domain: str, reason: str) -> None:
    """Lets an account read a sealed domain; row security asks for it before what is sealed."""
    assert account
    SealedReader.objects.get_or_create(
        territory_id=circle.territory,
        person_id=circle.key,
        domain=token(domain),
        account_id=account,
        reason=reason,
    )
