"""What a file says again of somebody is true today, although nothing changes."""

from collections.abc import Mapping, Set
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.table import TAKE_FROM_FILE
from jalons.kernel import clock

from ...models import Person, Status
from ...statuses.families import family_of


@transaction.atomic
def confirm_facts(actor: Actor, families: Mapping[UUID, Set[str]]) -> int:
    """Confirms the running statuses of these persons that the actor's organization gave and whose
    family (`statuses.families`) its file says again; how many.

    One event says it of all: a flow repeats every month what it said the month before. Restricted
    and sealed statuses, which no list asks anybody to confirm, are left alone.
    """
    today = clock.today()
    theirs = Person.objects.filter(visible_to(actor, "person", None, act=TAKE_FROM_FILE))
    rows = Status.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=today),
        Q(confirmed_on=None) | Q(confirmed_on__lt=today),
        person__in=theirs.filter(pk__in=list(families)),
        source=actor.organization,
        level=Level.SHARED,
    )
    said = [
        key
        for key, person, kind in rows.values_list("pk", "person", "kind")
        if family_of(kind) in families[person]
    ]
    if said:
        record(actor, "people.statuses_confirmed", payload={"count": len(said)})
        Status.objects.filter(pk__in=said).update(confirmed_on=today)
    return len(said)
