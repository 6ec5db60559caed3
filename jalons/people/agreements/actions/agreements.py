"""Recording, asking for, answering and withdrawing an agreement to share."""

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.events import record
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock

from ...circle import Circle
from ...documents.actions.add_document import NewDocument, add_document
from ...holding import hold_person
from ...models import Agreement, AgreementRequest, Person
from ..rules import AGREE, AGREEMENT, LINK, WITHDRAW, agreement_state

Given = Agreement.Given


class NotThatDay(ValueError):
    """An agreement ends after the day it begins."""


@dataclass(frozen=True)
class NewAgreement:
    """Empty `domains` or `organizations` mean all of them; `scan` is the signed paper."""

    given: str
    domains: tuple[str, ...] = ()
    organizations: tuple[UUID, ...] = ()
    ends_on: date | None = None
    scan: bytes = b""


def record_agreement(actor: Actor, person: UUID, new: NewAgreement) -> Agreement:
    """In force from today. Raises Refused, NotThatDay, and Unusable for the scanned paper."""
    with transaction.atomic():
        circle = hold_person(actor, person, AGREE)
        _check(new.ends_on)
        document = None
        if new.given == Given.ON_PAPER and new.scan:
            document = add_document(actor, person, NewDocument("agreement", new.scan))
        agreement = _agreement(circle, new)
        agreement.document = document
        _tell_recorded(actor, agreement)
        agreement.save(force_insert=True)
        return agreement


@transaction.atomic
def ask_agreement(actor: Actor, person: UUID, new: NewAgreement) -> links.Sent:
    """A link by which the person answers; it replaces what was asked before.

    Raises Refused, NotThatDay.
    """
    circle = hold_person(actor, person, AGREE)
    _check(new.ends_on)
    assert actor.account
    payload = {"domains": list(new.domains), "organizations": list(map(str, new.organizations))}
    record(actor, "people.agreement_asked", person=person, payload=payload)
    open_requests(person).update(replaced_at=clock.now())
    AgreementRequest.objects.create(
        territory_id=circle.territory,
        person_id=person,
        domains=list(new.domains),
        organizations=list(new.organizations),
        ends_on=new.ends_on,
        account_id=actor.account,
    )
    return links.send(actor, LINK, "person", person)


@transaction.atomic
def answer_agreement(actor: Actor, person: UUID, text: list[str], *, agrees: bool) -> Event:
    """The person's own answer by their link; the time and the digest of the text are its proof.

    Raises Refused for whoever holds no link, Impossible once it is answered.
    """
    if actor.kind != "link":
        raise Refused("Cette page n’est pas partagée avec vous.")
    Person.objects.select_for_update().filter(pk=person).values_list("pk").first()
    request = open_requests(person).select_for_update().first()
    if request is None:
        raise Impossible("Vous avez déjà répondu.")
    now, digest = clock.now(), hashlib.sha256("\n".join(text).encode()).digest()
    proof = {"channel": "link", "at": now.isoformat(), "digest": digest.hex()}
    kind = "people.agreement_recorded" if agrees else "people.agreement_refused"
    event = record(actor, kind, person=person, payload={"request": str(request.pk)} | proof)
    if agrees:
        request.agreement = Agreement.objects.create(
            territory_id=request.territory_id,
            person_id=person,
            domains=request.domains,
            organizations=request.organizations,
            given=Given.BY_CODE,
            starts_on=clock.today(),
            ends_on=request.ends_on,
        )
    answer = AgreementRequest.Answer
    request.answer = answer.AGREED if agrees else answer.REFUSED
    request.answered_at, request.digest = now, digest
    request.save(update_fields=["agreement", "answer", "answered_at", "digest"])
    return event


@transaction.atomic
def withdraw_agreement(actor: Actor, person: UUID, agreement: UUID) -> Event:
    """Ends an agreement today. Raises Refused, Impossible."""
    hold_person(actor, person, WITHDRAW)
    found = Agreement.objects.select_for_update().filter(pk=agreement, person=person).first()
    if found is None:
        raise Impossible("Cet accord n’existe plus.")
    AGREEMENT.target(WITHDRAW, agreement_state(found.ends_on, found.withdrawn_on, clock.today()))
    event = record(
        actor,
        "people.agreement_withdrawn",
        person=person,
        object_kind="agreement",
        object_key=agreement,
    )
    Agreement.objects.filter(pk=agreement).update(withdrawn_on=clock.today())
    return event


def open_requests(person: UUID) -> "QuerySet[AgreementRequest]":
    """What the person has not answered yet."""
    return AgreementRequest.objects.filter(person=person, answered_at=None, replaced_at=None)


def _check(ends_on: date | None) -> None:
    if ends_on and ends_on <= clock.today():
        raise NotThatDay


def _agreement(circle: Circle, new: NewAgreement) -> Agreement:
    return Agreement(
        territory_id=circle.territory,
        person_id=circle.key,
        domains=list(new.domains),
        organizations=list(new.organizations),
        given=new.given,
        starts_on=clock.today(),
        ends_on=new.ends_on,
    )


def _tell_recorded(actor: Actor, agreement: Agreement) -> None:
    record(
        actor,
        "people.agreement_recorded",
        person=agreement.person_id,
        object_kind="agreement",
        object_key=agreement.pk,
        payload={
            "domains": agreement.domains,
            "organizations": list(map(str, agreement.organizations)),
            "given": str(agreement.given),
            "ends_on": agreement.ends_on.isoformat() if agreement.ends_on else None,
        },
    )
