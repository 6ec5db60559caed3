from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel import clock

from ..models import FollowUp
from ..sealed import refresh_sealed_readers
from .holding import hold_person


@dataclass(frozen=True)
class NewFollowUp:
    account: UUID
    organization: UUID
    role: str
    motive: str = ""


@transaction.atomic
def start_follow_up(actor: Actor, person: UUID, new: NewFollowUp) -> FollowUp:
    """Starts a follow-up today. Raises Refused, or IntegrityError for a second référent."""
    circle = hold_person(actor, person, "people.start_follow_up")
    follow_up = FollowUp.objects.create(
        territory_id=circle.territory,
        person_id=person,
        organization_id=new.organization,
        account_id=new.account,
        role=new.role,
        motive=new.motive,
        starts_on=clock.today(),
    )
    if new.role == "referent":
        refresh_sealed_readers(person)
    record(
        actor,
        "people.follow_up_started",
        person=person,
        object_kind="follow_up",
        object_key=follow_up.pk,
        payload={"role": new.role, "account": str(new.account), "motive": new.motive},
        dimensions={"organization": str(new.organization)},
    )
    return follow_up
