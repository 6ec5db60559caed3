from collections.abc import Iterable
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.kernel.ids import uuid7

from ...models import Person, PossibleMatch


def meet(actor: Actor, newcomer: Person, hidden: Iterable[UUID]) -> None:
    """Keeps, for their référent, each protected person whom `newcomer` may be.

    `hidden` are likely persons of whom the actor may not know: nothing is said to them. The events
    do not name the newcomer. In the caller's transaction.
    """
    here = Person.objects.filter(territory=newcomer.territory_id, pk__in=list(hidden))
    alive = here.filter(protected=True, archived_at=None, frozen_at=None)
    for person in alive.order_by("pk").values_list("pk", flat=True):
        key = uuid7()
        record(
            actor,
            "people.match_met",
            person=person,
            object_kind="possible_match",
            object_key=key,
        )
        PossibleMatch.objects.create(
            id=key, territory_id=newcomer.territory_id, person_id=person, newcomer=newcomer
        )
