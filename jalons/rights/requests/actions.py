"""The acts on a request: record it, answer it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.table import HANDLE_REQUEST, RECORD_REQUEST
from jalons.journal.models import Event
from jalons.kernel import clock, crypto
from jalons.people.holding import hold_person

from ..models import RightsRequest
from ..own_data import answer_purpose
from .facts import RequestFacts
from .rules import REQUEST, due_day, request_state


class NotThatDay(ValueError):
    """A request was received on a past or present day."""


@dataclass(frozen=True)
class Asked:
    kind: str
    channel: str
    received_on: date


@dataclass(frozen=True)
class Answered:
    outcome: str
    text: str


@transaction.atomic
def record_request(actor: Actor, person: UUID, asked: Asked) -> RightsRequest:
    """Records what the person asks; the month runs from that day. Raises Refused, NotThatDay."""
    circle = hold_person(actor, person, RECORD_REQUEST)
    assert actor.account
    if asked.received_on > clock.today():
        raise NotThatDay
    request = RightsRequest.objects.create(
        territory_id=circle.territory,
        person_id=person,
        kind=asked.kind,
        channel=asked.channel,
        received_on=asked.received_on,
        due_on=due_day(asked.received_on),
        recorded_by_id=actor.account,
    )
    record(
        actor,
        "rights.request_recorded",
        person=person,
        object_kind="rights_request",
        object_key=request.pk,
        payload={"kind": asked.kind, "channel": asked.channel},
    )
    return request


@transaction.atomic
def answer_request(actor: Actor, key: UUID, answered: Answered) -> Event:
    """Answers, once. Raises Refused, Impossible."""
    request = RightsRequest.objects.select_for_update().filter(pk=key).first()
    if request is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    facts = RequestFacts(request.pk, request.territory_id, request.person_id)
    require(actor, HANDLE_REQUEST, facts)
    REQUEST.target(HANDLE_REQUEST, request_state(request.answered_on))
    RightsRequest.objects.filter(pk=key).update(
        answered_on=clock.today(),
        answered_by=actor.account,
        outcome=answered.outcome,
        answer=crypto.encrypt(answered.text.encode(), answer_purpose(key)),
    )
    return record(
        actor,
        "rights.request_answered",
        person=request.person_id,
        object_kind="rights_request",
        object_key=key,
        payload={"outcome": answered.outcome},
    )
