"""A request at the partner's door, as the tests of what becomes of it need one."""

from datetime import date
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor, system
from jalons.people.intakes.actions.receive import receive_intake
from jalons.people.intakes.said import Said
from jalons.people.models import Intake
from jalons.people.models.entry import Origin
from tests.worlds import Case, within

BORN = date(2004, 3, 9)
SAID = Said(
    "Haddad",
    "Leïla",
    BORN,
    phone="+33639980011",
    whereabouts="Le foyer, le matin",
    request="Je cherche une formation.",
)


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def an_intake(
    case: Case, said: Said = SAID, origin: Origin = Origin.SELF, door: UUID | None = None
) -> UUID:
    key = case.territory.pk
    with within(key):
        made = receive_intake(system(key), said, origin=origin, door=door or case.partner.pk)
        return made.pk


def kept(case: Case, key: UUID) -> Intake:
    with within(case.territory.pk):
        return Intake.objects.get(pk=key)
