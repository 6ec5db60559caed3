"""Several entries given in one act, seen beforehand, and taken back in one click."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.events import record
from jalons.access.table import ASSIGN
from jalons.access.undo import CannotUndo
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...circle import Circle, load_circles
from ...models import Entry, Person
from ..candidates import habilitated
from ..rules import entry_state
from .assign import Assignment, assign, take_back
from .progress import dates_of

MOST = 200
"""Entries of one act: its transaction stays short."""


class TooMany(ValueError):
    """More than `MOST` entries."""


@dataclass(frozen=True)
class Choice:
    """An entry, where it goes, and what it was (`stamp_of`) when that was decided."""

    entry: UUID
    given: Assignment
    stamp: str


@dataclass(frozen=True)
class Outcome:
    """`event` undoes the whole; None when nothing was left to give. `left` changed meanwhile."""

    event: Event | None
    given: int
    left: tuple[UUID, ...]


def stamp_of(entry: Entry, circle: Circle) -> str:
    """What a distribution depends on, in a few signs: it changes when the entry moves."""
    referent = circle.referent
    parts = (
        entry_state(dates_of(entry)),
        entry.assigned_to_id,
        entry.assigned_on,
        referent and referent.account,
        sorted(str(place) for domain, place in circle.objections if not domain),
    )
    return sha256(repr(parts).encode()).hexdigest()[:12]


@transaction.atomic
def distribute(actor: Actor, choices: Sequence[Choice]) -> Outcome:
    """Gives each entry that is still what it was; the others are left, and told.

    The persons are locked in the order of their keys, then the entries. Raises TooMany.
    """
    if len(choices) > MOST:
        raise TooMany
    wanted = {choice.entry: choice for choice in choices}
    persons = Person.objects.filter(entries__in=list(wanted))
    locked = Person.objects.filter(pk__in=persons.values("pk")).select_for_update()
    keys = list(locked.order_by("pk").values_list("pk", flat=True))
    held = Person.objects.filter(pk__in=keys)
    circles = {circle.key: circle for circle in load_circles(held, clock.now())}
    rows = Entry.objects.filter(pk__in=list(wanted), opened_on__isnull=False)
    entries = list(rows.order_by("person", "pk").select_for_update())
    posts = _posts({choice.given.organization for choice in choices})
    done, given, appointed = [], set(), set()
    for entry in entries:
        circle, choice = circles[entry.person_id], wanted[entry.pk]
        twice = choice.given.account is not None and circle.key in appointed
        if not twice and _still(actor, entry, circle, choice, posts):
            done.append(assign(actor, circle, entry, choice.given).pk)
            given.add(entry.pk)
            appointed |= {circle.key} if choice.given.account else set()
    left = tuple(key for key in wanted if key not in given)
    return Outcome(_told(actor, done) if done else None, len(done), left)


def _posts(organizations: set[UUID]) -> set[tuple[UUID | None, UUID]]:
    """Who may be référent where, on the day."""
    rows = habilitated(organizations).values_list("organization", "account")
    return set(rows)


def _still(
    actor: Actor,
    entry: Entry,
    circle: Circle,
    choice: Choice,
    posts: set[tuple[UUID | None, UUID]],
) -> bool:
    given = choice.given
    return (
        bool(decide(actor, ASSIGN, circle))
        and stamp_of(entry, circle) == choice.stamp
        and entry_state(dates_of(entry)) in {"received", "assigned"}
        and ("", given.organization) not in circle.objections
        and (given.account is None or (given.organization, given.account) in posts)
        and (given.account is None or circle.referent is None)
    )


def _told(actor: Actor, events: list[UUID]) -> Event:
    return record(
        actor,
        "people.entries_distributed",
        object_kind="distribution",
        object_key=uuid7(),
        payload={"events": [str(key) for key in events]},
    )


def undo_distribution(actor: Actor, event: Event) -> Event:
    """Compensates `distribute`: each entry that did not go on since is what it was before.

    Raises CannotUndo when they all went on.
    """
    content = disclose(event)
    keys = content.data["events"] if content else []
    events = list(Event.objects.filter(pk__in=keys).order_by("person", "pk"))
    persons = Person.objects.filter(pk__in=[each.person for each in events])
    list(persons.select_for_update().order_by("pk").values_list("pk"))
    undone = [back for each in events if (back := take_back(actor, each))]
    if not undone:
        raise CannotUndo("Les entrées ont changé depuis : la répartition reste.")
    return record(
        actor,
        "people.distribution_undone",
        object_kind="distribution",
        object_key=event.object_key,
        payload={"left": len(events) - len(undone)},
        cause=event.pk,
    )


def said_of_undone(event: Event) -> str:
    """What the screen says once a distribution is taken back."""
    content = disclose(event)
    left = content.data["left"] if content else 0
    if left:
        return f"C’est annulé, sauf pour {left} entrée{'s' if left > 1 else ''} qui ont avancé."
    return "C’est annulé."
