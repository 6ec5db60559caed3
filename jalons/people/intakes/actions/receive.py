from uuid import UUID

from django.db import IntegrityError, transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.table import RECORD_INTAKE
from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from jalons.territories.relations import ConsortiumFacts

from ...models import Intake
from ...models.entry import Origin
from ..said import Said, enclose


class AlreadyReceived(Exception):
    """The same form was sent twice: the first one was received."""


@transaction.atomic
def receive_intake(
    actor: Actor,
    said: Said,
    *,
    origin: Origin,
    door: UUID | None = None,
    key: UUID | None = None,
) -> Intake:
    """Keeps what somebody asks in the actor's territory, without looking for who they are.

    The event bears no person and nothing of what was typed. Raises ValueError without a territory,
    AlreadyReceived for a `key` that was received.
    """
    if actor.territory is None:
        raise ValueError("an intake is received in one territory")
    key = key or uuid7()
    made = Intake(
        id=key,
        territory_id=actor.territory,
        door_id=door,
        origin=origin,
        received_at=clock.now(),
        cipher=enclose(said, key),
    )
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyReceived from error
    record(
        actor,
        "people.intake_received",
        object_kind="intake",
        object_key=key,
        payload={"origin": str(origin)},
    )
    return made


@transaction.atomic
def record_meeting(actor: Actor, said: Said, key: UUID) -> Intake:
    """Keeps what a professional noted of somebody met outside; their structure is the door.

    Raises Refused, AlreadyReceived.
    """
    assert actor.territory
    require(actor, RECORD_INTAKE, ConsortiumFacts(actor.territory))
    return receive_intake(actor, said, origin=Origin.OUTREACH, door=actor.organization, key=key)
