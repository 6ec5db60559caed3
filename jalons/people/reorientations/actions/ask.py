from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.table import ASK_REORIENTATION, WITHDRAW_REORIENTATION
from jalons.journal.models import Event
from jalons.kernel import clock

from ...circle import open_reorientations
from ...holding import hold_person
from ...models import Reorientation
from ..rules import REORIENTATION
from .holding import hold_reorientation, state_of


class AlreadyAsked(Exception):
    """Somebody asked already, and waits for the answer."""


@dataclass(frozen=True)
class Request:
    motive: str
    words: str = ""
    wished_type: str = ""
    wished_organization: UUID | None = None


@transaction.atomic
def ask_reorientation(actor: Actor, person: UUID, said: Request) -> Reorientation:
    """Asks the dispatcher. Raises Refused, AlreadyAsked."""
    circle = hold_person(actor, person, ASK_REORIENTATION)
    if open_reorientations().filter(person=person).exists():
        raise AlreadyAsked
    assert actor.account
    assert actor.organization
    asked = Reorientation.objects.create(
        territory_id=circle.territory,
        person_id=person,
        account_id=actor.account,
        organization_id=actor.organization,
        motive=said.motive,
        words=said.words,
        wished_type=said.wished_type,
        wished_organization_id=said.wished_organization,
        asked_on=clock.today(),
    )
    record(
        actor,
        "people.reorientation_asked",
        person=person,
        object_kind="reorientation",
        object_key=asked.pk,
        payload={"motive": said.motive, "wished_type": said.wished_type},
    )
    return asked


@transaction.atomic
def withdraw_reorientation(actor: Actor, key: UUID) -> Event:
    """Takes one's own request back. Raises Refused, Impossible."""
    held, facts = hold_reorientation(key)
    require(actor, WITHDRAW_REORIENTATION, facts)
    REORIENTATION.target(WITHDRAW_REORIENTATION, state_of(held))
    held.withdrawn_on = clock.today()
    held.save(update_fields=["withdrawn_on"])
    return record(
        actor,
        "people.reorientation_withdrawn",
        person=held.person_id,
        object_kind="reorientation",
        object_key=held.pk,
    )
