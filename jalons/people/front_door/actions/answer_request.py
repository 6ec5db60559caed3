from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.roles import Role
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.queries import mandates_in_force

from ...models import Entry, FollowRequest, FollowUp, Person
from ..relations import load_request
from ..workflow import ACCEPT, FOLLOW_REQUEST, REFUSE, WITHDRAW, request_state


class GoneMeanwhile(Exception):
    """Whoever asked has no mandate in that structure any more: nobody is there to follow."""


@transaction.atomic
def accept_request(actor: Actor, request: UUID, words: str = "") -> Event:
    """Opens what was asked. Raises Refused, Impossible, GoneMeanwhile.

    A practitioner follows the person from today on; for another role, the entry opens at their
    door. In both cases the entry is given to their structure.
    """
    found = _hold(actor, request, ACCEPT)
    if not _still_there(found):
        raise GoneMeanwhile
    event = _answer(actor, found, ACCEPT, words)
    today = clock.today()
    Entry.objects.filter(pk=found.entry_id).update(
        opened_on=today, assigned_to=found.organization_id, assigned_on=today
    )
    if found.role == Role.PRACTITIONER:
        _follow(actor, found)
    return event


@transaction.atomic
def refuse_request(actor: Actor, request: UUID, words: str) -> Event:
    """Closes a request with an explanation for its author. Raises Refused, Impossible."""
    found = _hold(actor, request, REFUSE)
    return _close(actor, found, REFUSE, words)


@transaction.atomic
def withdraw_request(actor: Actor, request: UUID) -> Event:
    """Takes one's own request back. Raises Refused, Impossible."""
    return _close(actor, _hold(actor, request, WITHDRAW), WITHDRAW, "")


def _close(actor: Actor, found: FollowRequest, act: str, words: str) -> Event:
    event = _answer(actor, found, act, words)
    Entry.objects.filter(pk=found.entry_id).update(
        closed_on=clock.today(), close_motive="request_closed"
    )
    return event


def _hold(actor: Actor, request: UUID, act: str) -> FollowRequest:
    """Locks the person, then the request, and asks the policy. Raises Refused."""
    known = FollowRequest.objects.filter(pk=request).values_list("person", flat=True).first()
    if known:
        Person.objects.select_for_update().get(pk=known)
    facts = load_request(request, clock.now())
    if facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts)
    return FollowRequest.objects.select_for_update().get(pk=request)


def _answer(actor: Actor, found: FollowRequest, act: str, words: str) -> Event:
    state = FOLLOW_REQUEST.target(act, request_state(found.answer))
    event = record(
        actor,
        f"people.follow_request_{state}",
        person=found.person_id,
        object_kind="follow_request",
        object_key=found.pk,
        payload={"words": words},
    )
    FollowRequest.objects.filter(pk=found.pk).update(
        answer=state, answered_on=clock.today(), answered_by=actor.account, words=words
    )
    return event


def _still_there(found: FollowRequest) -> bool:
    mandates = mandates_in_force(found.account_id, clock.today())
    return any(
        (each.organization_id, each.role) == (found.organization_id, found.role)
        for each in mandates
    )


def _follow(actor: Actor, found: FollowRequest) -> None:
    key, created = FollowUp.objects.get_or_create(
        person_id=found.person_id,
        organization_id=found.organization_id,
        account_id=found.account_id,
        role="intervenant",
        ends_on=None,
        defaults={
            "territory_id": found.territory_id,
            "motive": "request_accepted",
            "starts_on": clock.today(),
        },
    )
    if created:
        record(
            actor,
            "people.follow_up_started",
            person=found.person_id,
            object_kind="follow_up",
            object_key=key.pk,
            payload={
                "role": "intervenant",
                "account": str(found.account_id),
                "motive": "request_accepted",
            },
            dimensions={"organization": str(found.organization_id)},
        )
