"""« Qui accompagne ? »: each professional that a reader may know of, and their last contact."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.models import Mandate
from jalons.territories.team.actions.reveal_contact import Contact
from jalons.territories.team.queries import in_force

from .. import individual_contacts
from ..circle import Circle
from ..models import FollowUp
from ..queries import followers


@dataclass(frozen=True)
class Companion:
    """`mandate` is empty when they have none in force there, or are the reader; `met`: the last
    individual contact of their structure, for who may read it; `contact`: once revealed."""

    key: UUID
    name: str
    role: str
    organization: str
    met: datetime | None = None
    mandate: UUID | None = None
    contact: Contact | None = None


def team(actor: Actor, circle: Circle) -> list[Companion]:
    """The professionals who follow the person; three queries."""
    rows = followers(actor, circle)
    met, mandates = _met(actor, circle, rows), _mandates(rows)
    return [
        Companion(
            row.pk,
            row.account.full_name,
            row.get_role_display(),
            row.organization.name,
            met.get(row.organization_id),
            None
            if row.account_id == actor.account
            else mandates.get((row.account_id, row.organization_id)),
        )
        for row in rows
    ]


def companion(companions: Iterable[Companion], key: UUID) -> Companion | None:
    """The one of this follow-up, when there is a contact to show."""
    return next((one for one in companions if one.key == key and one.mandate), None)


def with_contact(companions: Iterable[Companion], key: UUID, contact: Contact) -> list[Companion]:
    return [replace(one, contact=contact) if one.key == key else one for one in companions]


def _met(actor: Actor, circle: Circle, rows: list[FollowUp]) -> dict[UUID, datetime]:
    """By structure, when one of its professionals last met the person, as the journal tells."""
    if not rows or not decide(actor, READ, circle, Level.SHARED):
        return {}
    told = Event.objects.filter(
        territory=circle.territory,
        person=circle.key,
        kind__in=individual_contacts.kinds(),
        organization__in={row.organization_id for row in rows},
    )
    found = told.order_by().values_list("organization").annotate(Max("occurred_at"))
    return {place: at for place, at in found if place}


def _mandates(rows: list[FollowUp]) -> dict[tuple[UUID, UUID], UUID]:
    found = Mandate.objects.filter(
        in_force(clock.today()),
        account__in={row.account_id for row in rows},
        organization__in={row.organization_id for row in rows},
    )
    return {
        (account, place): key
        for account, place, key in found.values_list("account", "organization", "pk")
    }
