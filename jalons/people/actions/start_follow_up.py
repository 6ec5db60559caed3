from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel import clock
from jalons.territories.queries import mandates_in_force

from ..models import FollowUp
from ..sealed import refresh_sealed_readers
from .holding import hold_person


class NotTheirs(ValueError):
    """The account has no mandate in force in that organization of the person's territory."""


@dataclass(frozen=True)
class NewFollowUp:
    account: UUID
    organization: UUID
    role: str
    motive: str = ""


@transaction.atomic
def start_follow_up(actor: Actor, person: UUID, new: NewFollowUp) -> FollowUp:
    """Starts a follow-up today.

    Raises Refused, NotTheirs, or IntegrityError for a second référent.
    """
    circle = hold_person(actor, person, "people.start_follow_up")
    if not _works_there(new, circle.territory):
        raise NotTheirs
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


def _works_there(new: NewFollowUp, territory: int) -> bool:
    return any(
        mandate.organization_id == new.organization and mandate.territory_id == territory
        for mandate in mandates_in_force(new.account, clock.today())
    )
