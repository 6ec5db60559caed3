from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, decide
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock

from ...circle import Circle, load_circle
from ...entries.actions.open_entry import NewEntry, begin_entry
from ...front_door.queries import own_search
from ...models import FollowRequest, Person
from ..said import said_in
from .settle import take_intake


class SearchEnded(Exception):
    """The search is over, was made for no request, or did not find this person."""


@dataclass(frozen=True)
class Attached:
    """`opens`: the actor reads the file."""

    person: UUID
    opens: bool


@transaction.atomic
def attach_intake(actor: Actor, search: UUID, person: UUID) -> Attached:
    """The request of the search is that of a known person, whose file the actor reads or asked for.

    Whoever follows them is told; nobody follows them and no entry waits: theirs opens. Raises
    Refused, Impossible, SearchEnded.
    """
    made = own_search(actor, search)
    if made is None or made.intake is None or person not in made.found:
        raise SearchEnded
    Person.objects.select_for_update().filter(pk=person).first()
    circle = load_circle(person, clock.now())
    opens = circle is not None and bool(decide(actor, READ, circle, Level.IDENTITY))
    if circle is None or not (opens or _asked(actor, person)):
        raise Refused("Cette page n’est pas partagée avec vous.")
    taken = take_intake(actor, made.intake, person)
    if circle.followers:
        record(
            actor,
            "people.asked_again",
            person=person,
            object_kind="intake",
            object_key=taken.pk,
        )
    elif opens and not _waits(circle):
        new = NewEntry(taken.origin, said_in(taken).words, clock.today())
        begin_entry(actor, circle, new, opened=True)
    return Attached(person, opens)


def _asked(actor: Actor, person: UUID) -> bool:
    """Whether the actor's own request to follow them waits for its answer."""
    mine = FollowRequest.objects.filter(person=person, account=actor.account, answer="")
    return mine.filter(organization=actor.organization).exists()


def _waits(circle: Circle) -> bool:
    return any(door.waiting and door.opened for door in circle.doors)
