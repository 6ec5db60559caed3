"""The acts on the clocks: suspend them, let them run again, reopen an archived file."""

from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.table import HOLD, REOPEN
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.people.holding import hold_person
from jalons.people.models import Person

from ..models import Hold
from .plan import running

SHORTEST_REASON = 10


class NotThatDay(ValueError):
    """A hold ends on a day to come."""


class ReasonTooShort(ValueError):
    """The reason does not explain anything."""


@transaction.atomic
def set_hold(actor: Actor, person: UUID, motive: str, until: date) -> Hold:
    """Suspends both clocks from today until a day (excluded). Raises Refused, NotThatDay."""
    circle = hold_person(actor, person, HOLD)
    assert actor.account
    if until <= clock.today():
        raise NotThatDay
    hold = Hold.objects.create(
        territory_id=circle.territory,
        person_id=person,
        motive=motive,
        account_id=actor.account,
        starts_on=clock.today(),
        until=until,
    )
    record(
        actor,
        "rights.hold_set",
        person=person,
        object_kind="hold",
        object_key=hold.pk,
        payload={"motive": motive, "until": until.isoformat()},
    )
    return hold


@transaction.atomic
def lift_holds(actor: Actor, person: UUID) -> Event:
    """Lets the clocks run again from today. Raises Refused, Impossible without a hold."""
    hold_person(actor, person, HOLD)
    found = running(Hold.objects.filter(person=person).order_by("pk"), clock.today())
    if not found:
        raise Impossible("Aucune suspension n’est en cours sur ce dossier.")
    Hold.objects.filter(pk__in=[hold.pk for hold in found]).update(lifted_on=clock.today())
    return record(actor, "rights.hold_lifted", person=person)


@transaction.atomic
def reopen(actor: Actor, person: UUID, reason: str) -> Event:
    """Takes a file out of the archive; its clock starts again today.

    Raises Refused, ReasonTooShort, Impossible when it is not archived.
    """
    circle = hold_person(actor, person, REOPEN)
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReasonTooShort
    if not circle.archived:
        raise Impossible("Ce dossier n’est pas archivé.")
    Person.objects.filter(pk=person).update(archived_at=None)
    return record(actor, "rights.file_reopened", person=person, payload={"reason": reason.strip()})
