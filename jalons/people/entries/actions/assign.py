"""An entry given to a structure, and to the référent who takes it there."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.access.table import ASSIGN
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.territories.relations import load_organization

from ...circle import Circle, active_follow_ups, load_circle
from ...follow_ups.actions.start_follow_up import NewFollowUp, begin
from ...models import Entry, FollowUp, Person
from ...sealed import refresh_sealed_readers
from ..rules import ENTRY, entry_state
from .progress import dates_of, hold_entry

DESIGNATION = "designation"
"""The motive of the follow-up of a référent chosen with the orientation."""
UNDONE = "other"
"""The end reason of a follow-up that its author took back."""


class Objected(ValueError):
    """The person objected to this structure."""


@dataclass(frozen=True)
class Assignment:
    """Where an entry goes; `account` is the référent appointed there, if any."""

    organization: UUID
    account: UUID | None = None
    orientation_type: str = ""
    motive: str = ""


@transaction.atomic
def assign_entry(actor: Actor, person: UUID, entry: UUID, given: Assignment) -> Event:
    """Gives an entry to an organization of the territory, and starts its référent's follow-up.

    Raises Refused, Impossible, Objected, NotTheirs, and IntegrityError for a second référent.
    """
    found = hold_entry(actor, person, entry, ASSIGN)
    facts = load_organization(given.organization, clock.now())
    if facts is None:
        raise Refused("Cette structure n’est pas de votre territoire.")
    require(actor, READ, facts, Level.OPEN)
    circle = load_circle(person, clock.now())
    assert circle
    return assign(actor, circle, found, given)


def assign(actor: Actor, circle: Circle, found: Entry, given: Assignment) -> Event:
    """The change itself, once the person and the entry are held and the act is authorised."""
    ENTRY.target(ASSIGN, entry_state(dates_of(found)))
    if ("", given.organization) in circle.objections:
        raise Objected
    before = _state(found)
    found.assigned_to_id, found.assigned_on = given.organization, clock.today()
    found.orientation_type, found.assign_motive = given.orientation_type, given.motive
    found.save(update_fields=FIELDS)
    follow_up = None
    if given.account:
        new = NewFollowUp(given.account, given.organization, "referent", DESIGNATION)
        follow_up = begin(actor, circle, new).pk
    return record(
        actor,
        "people.entry_assigned",
        person=circle.key,
        object_kind="entry",
        object_key=found.pk,
        payload={
            "after": _state(found),
            "before": before,
            "follow_up": str(follow_up) if follow_up else None,
        },
        dimensions={"organization": str(given.organization)},
    )


FIELDS = ["assigned_to", "assigned_on", "orientation_type", "assign_motive"]


def _state(entry: Entry) -> dict[str, str]:
    """What an assignment changes, as its payload keeps it."""
    return {
        "assigned_to": str(entry.assigned_to_id or ""),
        "assigned_on": entry.assigned_on.isoformat() if entry.assigned_on else "",
        "orientation_type": entry.orientation_type,
        "assign_motive": entry.assign_motive,
    }


def unassign(actor: Actor, event: Event) -> Event:
    """Compensates `assign_entry`. Raises CannotUndo when the entry went on meanwhile."""
    Person.objects.select_for_update().filter(pk__in=[event.person]).first()
    undone = take_back(actor, event)
    if undone is None:
        raise CannotUndo("L’entrée a changé depuis : l’attribution reste.")
    return undone


def take_back(actor: Actor, event: Event) -> Event | None:
    """Brings an entry back to what it was, the person being held; None when it went on since."""
    content = disclose(event)
    entry = Entry.objects.select_for_update().filter(pk__in=[event.object_key]).first()
    circle = load_circle(event.person, clock.now()) if event.person else None
    if content is None or entry is None or circle is None or circle.frozen or circle.protected:
        return None
    met = entry.first_interview_on or entry.closed_on
    if met or _state(entry) != content.data["after"]:
        return None
    follow_up, before = content.data["follow_up"], content.data["before"]
    if follow_up and not _end(actor, UUID(follow_up)):
        return None
    Entry.objects.filter(pk=entry.pk).update(
        **before
        | {
            "assigned_to": before["assigned_to"] or None,
            "assigned_on": before["assigned_on"] or None,
        }
    )
    return record(
        actor,
        "people.entry_assignment_undone",
        person=entry.person_id,
        object_kind="entry",
        object_key=entry.pk,
        cause=event.pk,
    )


def _end(actor: Actor, follow_up: UUID) -> bool:
    """Ends the follow-up that came with the assignment, unless it is over."""
    found = active_follow_ups(clock.today()).filter(pk=follow_up, ends_on=None).first()
    if found is None:
        return False
    FollowUp.objects.filter(pk=follow_up).update(ends_on=clock.today(), end_reason=UNDONE)
    refresh_sealed_readers(found.person_id)
    record(
        actor,
        "people.follow_up_ended",
        person=found.person_id,
        object_kind="follow_up",
        object_key=follow_up,
        payload={"reason": UNDONE, "planned": None},
    )
    return True
