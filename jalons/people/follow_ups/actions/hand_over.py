"""A référent leaves: another takes over the same day, and the first one reads for a while yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from jalons.access import links
from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.events import record
from jalons.access.table import HAND_OVER
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.kernel.ids import uuid7
from jalons.territories import settings

from ...circle import Circle, load_circle, load_circles
from ...holding import hold_person
from ...models import FollowUp, Person
from ...sealed import refresh_sealed_readers
from ...settings import HANDOVER_OVERLAP
from .start_follow_up import NewFollowUp, NotTheirs, begin

HANDOVER, OVERLAP, OVERLAP_OVER, UNDONE = "handover", "handover_overlap", "overlap_over", "other"
MOST = 300
"""Persons of one act."""


class NothingToHandOver(ValueError):
    """The person has no référent, or it is the same professional."""


class Objected(ValueError):
    """The person objected to this structure."""


class TooMany(ValueError):
    """More than `MOST` persons."""


@dataclass(frozen=True)
class Successor:
    """Who takes over, in which structure, under a habilitated mandate."""

    account: UUID
    organization: UUID


@transaction.atomic
def hand_over(actor: Actor, person: UUID, to: Successor) -> Event:
    """The new référent follows from today; the former reads until the end of the overlap.

    Raises Refused, NothingToHandOver, NotTheirs, Objected.
    """
    return relay(actor, hold_person(actor, person, HAND_OVER), to)


def relay(actor: Actor, circle: Circle, to: Successor) -> Event:
    """The change itself, once the person is held and the act authorised."""
    running = FollowUp.objects.filter(person=circle.key, role="referent", ends_on=None)
    former = running.first()
    if former is None or (former.account_id, former.organization_id) == (
        to.account,
        to.organization,
    ):
        raise NothingToHandOver
    if ("", to.organization) in circle.objections:
        raise Objected
    _end(actor, former, HANDOVER)
    links.revoke_of(former.account_id, "person", circle.key)
    overlap = _overlap(former)
    started = begin(actor, circle, NewFollowUp(to.account, to.organization, "referent", HANDOVER))
    return record(
        actor,
        "people.handed_over",
        person=circle.key,
        object_kind="follow_up",
        object_key=started.pk,
        payload={
            "ended": str(former.pk),
            "overlap": str(overlap.pk) if overlap else None,
            "started": str(started.pk),
        },
        dimensions={"organization": str(to.organization)},
    )


def _end(actor: Actor, found: FollowUp, reason: str) -> None:
    found.ends_on, found.end_reason = clock.today(), reason
    found.save(update_fields=["ends_on", "end_reason"])
    record(
        actor,
        "people.follow_up_ended",
        person=found.person_id,
        object_kind="follow_up",
        object_key=found.pk,
        payload={"reason": reason, "planned": None},
    )


def _overlap(former: FollowUp) -> FollowUp | None:
    """The reading that is left to the former référent; it ends by itself."""
    today = clock.today()
    days = settings.value(former.territory_id, HANDOVER_OVERLAP.key, today)
    if not days:
        return None
    return FollowUp.objects.create(
        territory_id=former.territory_id,
        person_id=former.person_id,
        organization_id=former.organization_id,
        account_id=former.account_id,
        role="intervenant",
        motive=OVERLAP,
        read_only=True,
        starts_on=today,
        ends_on=today + timedelta(days=days),
        end_reason=OVERLAP_OVER,
    )


def undo_hand_over(actor: Actor, event: Event) -> Event:
    """Compensates `hand_over`. Raises CannotUndo when the follow-up went on meanwhile."""
    Person.objects.select_for_update().filter(pk__in=[event.person]).first()
    undone = take_back(actor, event)
    if undone is None:
        raise CannotUndo("Le suivi a changé depuis : le relais reste.")
    return undone


def take_back(actor: Actor, event: Event) -> Event | None:
    """The former référent again, the person being held; None when something changed since."""
    content = disclose(event)
    circle = load_circle(event.person, clock.now()) if event.person else None
    if content is None or circle is None or circle.frozen:
        return None
    keys = content.data
    started = FollowUp.objects.filter(pk=keys["started"], ends_on=None).first()
    ended = FollowUp.objects.filter(pk=keys["ended"], end_reason=HANDOVER).first()
    if started is None or ended is None or ("", ended.organization_id) in circle.objections:
        return None
    _end(actor, started, UNDONE)
    if keys["overlap"]:
        FollowUp.objects.filter(pk=keys["overlap"]).update(ends_on=clock.today())
    FollowUp.objects.filter(pk=ended.pk).update(ends_on=None, end_reason="")
    refresh_sealed_readers(circle.key)
    return record(
        actor,
        "people.handed_over_undone",
        person=circle.key,
        object_kind="follow_up",
        object_key=ended.pk,
        cause=event.pk,
    )


@dataclass(frozen=True)
class Relay:
    """A person, who takes over, and the référent's follow-up as it was seen."""

    person: UUID
    to: Successor
    former: UUID


@dataclass(frozen=True)
class Outcome:
    """`event` undoes the whole; None when nothing was done. `left` changed meanwhile."""

    event: Event | None
    done: int
    left: tuple[UUID, ...]


@transaction.atomic
def hand_over_many(actor: Actor, relays: Sequence[Relay]) -> Outcome:
    """Each relay whose référent is still the one seen; the others are left. Raises TooMany."""
    if len(relays) > MOST:
        raise TooMany
    wanted = {relay.person: relay for relay in relays}
    held = Person.objects.filter(pk__in=list(wanted))
    list(held.select_for_update().order_by("pk").values_list("pk"))
    running = FollowUp.objects.filter(person__in=list(wanted), role="referent", ends_on=None)
    former = dict(running.values_list("person", "pk"))
    done: dict[UUID, UUID] = {}
    for circle in load_circles(held, clock.now()):
        asked = wanted[circle.key]
        if former.get(circle.key) == asked.former and decide(actor, HAND_OVER, circle):
            event = _tried(actor, circle, asked.to)
            done |= {circle.key: event.pk} if event else {}
    left = tuple(key for key in wanted if key not in done)
    return Outcome(_told(actor, list(done.values())) if done else None, len(done), left)


def _tried(actor: Actor, circle: Circle, to: Successor) -> Event | None:
    try:
        with transaction.atomic():
            return relay(actor, circle, to)
    except (NothingToHandOver, NotTheirs, Objected):
        return None


def _told(actor: Actor, events: list[UUID]) -> Event:
    return record(
        actor,
        "people.caseload_handed_over",
        object_kind="distribution",
        object_key=uuid7(),
        payload={"events": [str(key) for key in events]},
    )


def undo_many(actor: Actor, event: Event) -> Event:
    """Compensates `hand_over_many`. Raises CannotUndo when everything went on."""
    content = disclose(event)
    keys = content.data["events"] if content else []
    events = list(Event.objects.filter(pk__in=keys).order_by("person", "pk"))
    persons = Person.objects.filter(pk__in=[each.person for each in events])
    list(persons.select_for_update().order_by("pk").values_list("pk"))
    undone = [back for each in events if (back := take_back(actor, each))]
    if not undone:
        raise CannotUndo("Les suivis ont changé depuis : le relais reste.")
    return record(
        actor,
        "people.caseload_handed_over_undone",
        object_kind="distribution",
        object_key=event.object_key,
        payload={"left": len(events) - len(undone)},
        cause=event.pk,
    )


def said_of_undone(event: Event) -> str:
    """What the screen says once a relay of several persons is taken back."""
    content = disclose(event)
    left = content.data["left"] if content else 0
    if left:
        return f"C’est annulé, sauf pour {left} suivi{'s' if left > 1 else ''} qui ont changé."
    return "C’est annulé."
