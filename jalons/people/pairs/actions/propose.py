"""How a pair enters the queue: found by an import or at a door, or met by a protected person."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...models import Pair, Person
from ..rules import names_of, reasons


@dataclass(frozen=True)
class Why:
    """What brings two files together: codes, bits, the bits of margin over the runner-up."""

    reasons: tuple[str, ...]
    score: float | None = None
    margin: float | None = None


@transaction.atomic
def propose(
    actor: Actor, person: UUID, other: UUID, why: Why, source: str = Pair.Source.IMPORT
) -> UUID:
    """Puts two existing files in the queue of those who look after them; answers the pair.

    A pair that is known stays as it is answered; while it waits, it takes the better reasons. The
    event names nobody. Raises Person.DoesNotExist outside the territory in context.
    """
    first, second = sorted((person, other))
    here = Person.objects.filter(territory=actor.territory, pk__in=(first, second))
    if here.count() != 2:
        raise Person.DoesNotExist
    said = {"reasons": list(why.reasons), "score": why.score, "margin": why.margin}
    known = Pair.objects.select_for_update().filter(person=first, other=second).first()
    key = known.pk if known else uuid7()
    if known and (known.answer or (known.score or 0) >= (why.score or 0)):
        return key
    record(actor, "people.pair_proposed", object_kind="pair", object_key=key)
    if known:
        Pair.objects.filter(pk=key).update(**said)
        return key
    Pair.objects.create(
        id=key,
        territory_id=actor.territory or 0,
        person_id=first,
        other_id=second,
        source=source,
        found_on=clock.today(),
        **said,
    )
    return key


def doubt(actor: Actor, newcomer: Person, seen: Iterable[UUID]) -> None:
    """Those whom the author of a new file saw, masked, and said are somebody else: others look.

    In the caller's transaction.
    """
    here = Person.objects.filter(territory=newcomer.territory_id, pk__in=list(seen))
    for row in here.filter(protected=False, archived_at=None, frozen_at=None).order_by("pk"):
        codes = tuple(reasons(names_of(newcomer), names_of(row)))
        if codes:
            propose(actor, newcomer.pk, row.pk, Why(codes), Pair.Source.FRONT_DOOR)


def meet(actor: Actor, newcomer: Person, hidden: Iterable[UUID]) -> None:
    """Keeps, for their référent, each protected person whom `newcomer` may be.

    `hidden` are likely persons of whom the actor may not know: nothing is said to them. The events
    do not name the newcomer. In the caller's transaction.
    """
    here = Person.objects.filter(territory=newcomer.territory_id, pk__in=list(hidden))
    alive = here.filter(protected=True, archived_at=None, frozen_at=None, merged_into=None)
    for person in alive.order_by("pk").values_list("pk", flat=True):
        key = uuid7()
        record(actor, "people.match_met", person=person, object_kind="pair", object_key=key)
        first, second = sorted((person, newcomer.pk))
        Pair.objects.create(
            id=key,
            territory_id=newcomer.territory_id,
            person_id=first,
            other_id=second,
            source=Pair.Source.PROTECTED,
            owner_id=person,
            found_on=clock.today(),
        )
