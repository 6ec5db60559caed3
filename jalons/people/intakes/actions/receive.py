from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...models import Intake
from ...models.entry import Origin
from ..said import Said, enclose


@transaction.atomic
def receive_intake(actor: Actor, said: Said, *, origin: Origin, door: UUID | None = None) -> Intake:
    """Keeps what somebody asks in the actor's territory, without looking for who they are.

    The event bears no person and nothing of what was typed. Raises ValueError without a territory.
    """
    if actor.territory is None:
        raise ValueError("an intake is received in one territory")
    key = uuid7()
    made = Intake.objects.create(
        id=key,
        territory_id=actor.territory,
        door_id=door,
        origin=origin,
        received_at=clock.now(),
        cipher=enclose(said, key),
    )
    record(
        actor,
        "people.intake_received",
        object_kind="intake",
        object_key=key,
        payload={"origin": str(origin)},
    )
    return made
