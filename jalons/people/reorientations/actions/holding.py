from uuid import UUID

from jalons.access.decisions import Refused
from jalons.kernel import clock

from ...models import Person, Reorientation
from ..facts import ReorientationFacts, load_reorientation
from ..rules import reorientation_state


def hold_reorientation(key: UUID) -> tuple[Reorientation, ReorientationFacts]:
    """Locks the person then the request; the caller asks the policy. Raises Refused."""
    person = Reorientation.objects.filter(pk=key).values_list("person", flat=True).first()
    list(Person.objects.select_for_update().filter(pk__in=[person]).values_list("pk"))
    held = Reorientation.objects.select_for_update().filter(pk=key).first()
    facts = load_reorientation(key, clock.now())
    if held is None or facts is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    return held, facts


def state_of(row: Reorientation) -> str:
    return reorientation_state(row.decided_on, row.outcome, row.withdrawn_on)
