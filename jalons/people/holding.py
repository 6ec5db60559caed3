"""What every act on a person starts with: lock the person, load the facts, ask the policy."""

from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.kernel import clock

from .circle import Circle, load_circle
from .models import Person


def hold_person(actor: Actor, person: UUID, act: str) -> Circle:
    """Locks the person's row and answers their circle. Raises Refused."""
    locked = Person.objects.select_for_update().filter(pk=person).values_list("pk").first()
    circle = load_circle(person, clock.now()) if locked else None
    if circle is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, circle)
    return circle
