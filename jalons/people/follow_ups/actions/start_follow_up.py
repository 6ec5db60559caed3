from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.table import APPOINT
from jalons.kernel import clock
from jalons.territories.models import Mandate
from jalons.territories.queries import mandates_in_force

from ...circle import Circle
from ...holding import hold_person
from ...models import FollowUp
from ...sealed import refresh_sealed_readers


class NotTheirs(ValueError):
    """The account has no mandate in force in that organization of the person's territory.

    For a référent, the mandate must be habilitated: the département sets it (CASF L. 262-30).
    """


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
    act = APPOINT if new.role == "referent" else "people.start_follow_up"
    return begin(actor, hold_person(actor, person, act), new)


def begin(actor: Actor, circle: Circle, new: NewFollowUp) -> FollowUp:
    """The follow-up itself, once the person is held and the act authorised. Raises NotTheirs."""
    if not _works_there(new, circle.territory):
        raise NotTheirs
    follow_up = FollowUp.objects.create(
        territory_id=circle.territory,
        person_id=circle.key,
        organization_id=new.organization,
        account_id=new.account,
        role=new.role,
        motive=new.motive,
        starts_on=clock.today(),
    )
    if new.role == "referent":
        refresh_sealed_readers(circle.key)
    record(
        actor,
        "people.follow_up_started",
        person=circle.key,
        object_kind="follow_up",
        object_key=follow_up.pk,
        payload={"role": new.role, "account": str(new.account), "motive": new.motive},
        dimensions={"organization": str(new.organization)},
    )
    return follow_up


def _works_there(new: NewFollowUp, territory: int) -> bool:
    today = clock.today()
    return any(
        mandate.organization_id == new.organization
        and mandate.territory_id == territory
        and (new.role != "referent" or _habilitated(mandate, today))
        for mandate in mandates_in_force(new.account, today)
    )


def _habilitated(mandate: Mandate, day: date) -> bool:
    return mandate.habilitated_from is not None and mandate.habilitated_from <= day
