from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.journal.models import Event
from jalons.kernel import clock, jobs
from jalons.nomenclature import queries as nomenclature

from ...holding import hold_person
from ...models import Status
from ...sealed import refresh_sealed_readers
from ...sources import is_referent
from ..contents import columns
from ..queries import LIST
from .holding import WrongDates, add_reader, event_kind

ACT = "people.record_status"


@dataclass(frozen=True)
class NewStatus:
    """`ends_on` is the first day without, when it is foreseen; `source` says so."""

    kind: str
    starts_on: date
    ends_on: date | None = None
    source: UUID | None = None


@transaction.atomic
def record_status(actor: Actor, person: UUID, new: NewStatus) -> Event:
    """Records a status at the level of the nomenclature; a sealed one gets its readers.

    Its author reads the domain from then on: the référent is told.
    Raises Refused, WrongDates, nomenclature.UnknownTerm.
    """
    circle = hold_person(actor, person, ACT)
    term = nomenclature.term(LIST, new.kind, territory=circle.territory)
    require(actor, ACT, circle, domain=term.domain)
    if new.ends_on and new.ends_on <= new.starts_on:
        raise WrongDates("La fin vient après le début.")
    if term.level == Level.SEALED:
        add_reader(circle, actor.account, term.domain, "author")
    row = Status.objects.create(
        territory_id=circle.territory,
        person_id=person,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        confirmed_on=clock.today(),
        source_id=new.source,
        **columns(term.code, term.label, term.level, term.domain),
    )
    if term.level == Level.SEALED:
        refresh_sealed_readers(person)
    event = record(
        actor,
        event_kind(term.level, "recorded"),
        person=person,
        object_kind="status",
        object_key=row.pk,
        payload={
            "kind": term.code,
            "domain": term.domain,
            "starts_on": new.starts_on.isoformat(),
            "ends_on": new.ends_on.isoformat() if new.ends_on else None,
        },
    )
    if term.level == Level.SEALED and circle.referent and not is_referent(actor, circle):
        jobs.enqueue("people.tell_referent", event=str(event.pk), territory=circle.territory)
    return event
