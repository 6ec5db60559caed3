"""What the acts on a pathway start with: the person locked, the right asked, the pathway opened."""

from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock
from jalons.people.circle import Circle
from jalons.people.holding import hold_person

from .models import Pathway


def hold_reader(actor: Actor, person: UUID, act: str, domain: str = "") -> Circle:
    """Locks the person; who may not read the pathway, or the domain, writes nothing of it.

    Raises Refused.
    """
    circle = hold_person(actor, person, act)
    require(actor, READ, circle, Level.SHARED, domain=domain)
    require(actor, act, circle, Level.SHARED, domain=domain)
    return circle


def open_pathway(actor: Actor, circle: Circle) -> Pathway:
    """The running pathway of a person whose row is locked, opened today if there is none."""
    found = running(circle.key)
    if found:
        return found
    opened = Pathway.objects.create(
        territory_id=circle.territory, person_id=circle.key, opened_on=clock.today()
    )
    record(
        actor,
        "pathways.pathway_opened",
        person=circle.key,
        object_kind="pathway",
        object_key=opened.pk,
    )
    return opened


def running(person: UUID) -> Pathway | None:
    return Pathway.objects.filter(person=person, ended_on=None).first()
