from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.journal.models import Event
from jalons.kernel import clock

from ...models import Pair, Person
from ..facts import PairFacts, load_pair


def hold_pair(actor: Actor, key: UUID, act: str) -> tuple[Pair, PairFacts]:
    """Locks both persons, then the pair, and asks the policy. Raises Refused."""
    pair = Pair.objects.filter(pk=key).values_list("person", "other").first()
    list(Person.objects.select_for_update().filter(pk__in=pair or ()).order_by("pk"))
    row = Pair.objects.select_for_update().filter(pk=key).first()
    facts = load_pair(key, clock.now()) if row else None
    if row is None or facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts)
    return row, facts


def tell(actor: Actor, row: Pair, kind: str, *, cause: UUID | None = None) -> Event:
    """An event in the journal of each of the two persons, or of the protected one alone; answers
    the first."""
    about = [row.owner_id] if row.owner_id else [row.person_id, row.other_id]
    told = [
        record(
            actor,
            kind,
            person=person,
            object_kind="pair",
            object_key=row.pk,
            cause=None if number else cause,
        )
        for number, person in enumerate(about)
    ]
    return told[0]
