from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...holding import hold_person
from ...intakes.actions.settle import take_intake
from ...models import Entry, FollowRequest
from ..typed import REQUEST, Typed, enclose
from ..workflow import ASK


class AlreadyAsked(Exception):
    """The same request waits for its answer."""


class AlreadyFollowing(Exception):
    """The file is already open to the actor."""


@dataclass(frozen=True)
class Asked:
    """`reason` is told to the référent; until then its author sees `typed` and nothing else.

    `request` is what the person asks for, in their own words; `intake`, what they sent before.
    """

    reason: str
    typed: Typed
    request: str = ""
    intake: UUID | None = None


@transaction.atomic
def ask_to_follow(actor: Actor, person: UUID, asked: Asked) -> Event:
    """Asks those who follow a known person to share them. Raises Refused, AlreadyAsked,
    AlreadyFollowing, Impossible when the request they sent is no longer waiting.

    The person's passage at the actor's door is an entry that stays closed until the answer.
    """
    circle = hold_person(actor, person, ASK)
    assert actor.account
    assert actor.organization
    assert actor.role
    mine = {"person": person, "account": actor.account, "organization": actor.organization}
    if any(
        (each.account, each.organization) == (actor.account, actor.organization)
        for each in circle.followers
    ):
        raise AlreadyFollowing
    if FollowRequest.objects.filter(**mine, answer="").exists():
        raise AlreadyAsked
    key = uuid7()
    taken = take_intake(actor, asked.intake, person) if asked.intake else None
    event = record(
        actor,
        "people.follow_requested",
        person=person,
        object_kind="follow_request",
        object_key=key,
        payload={"reason": asked.reason},
    )
    entry = Entry.objects.create(
        territory_id=circle.territory,
        person_id=person,
        door_id=actor.organization,
        origin=taken.origin if taken else "self",
        request=asked.request,
        received_on=clock.today(),
    )
    FollowRequest.objects.create(
        id=key,
        territory_id=circle.territory,
        person_id=person,
        entry=entry,
        account_id=actor.account,
        organization_id=actor.organization,
        role=actor.role,
        reason=asked.reason,
        typed=enclose(asked.typed, key, REQUEST),
    )
    return event
