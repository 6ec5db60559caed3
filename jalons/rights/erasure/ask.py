from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.table import ERASE
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock, jobs
from jalons.people.holding import hold_person

from ..retention.plan import held


@transaction.atomic
def ask_erasure(actor: Actor, person: UUID) -> Event:
    """Asks for the erasure of the whole file, done by a job. Raises Refused, Impossible on hold."""
    circle = hold_person(actor, person, ERASE)
    if held(person, clock.today()):
        raise Impossible("Ce dossier est retenu : levez d’abord la suspension.")
    asked = record(actor, "rights.erasure_asked", person=person)
    jobs.enqueue("rights.erase", person=str(person), territory=circle.territory)
    return asked
