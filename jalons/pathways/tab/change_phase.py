from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.table import CHANGE_PHASE
from jalons.journal.models import Event

from ..changes import change
from ..holding import hold_reader, open_pathway, running
from ..models import Pathway, Phase

CHOSEN = [phase for phase in Phase if phase != Phase.SORTI]
"""Leaving the pathway is an act of its own."""


@transaction.atomic
def change_phase(actor: Actor, person: UUID, phase: str) -> Event:
    """Says where the person stands. Raises Refused."""
    circle = hold_reader(actor, person, CHANGE_PHASE)
    if phase not in CHOSEN:
        raise Refused("Choisissez une phase.")
    pathway = open_pathway(actor, circle)
    return change(actor, pathway, "pathways.phase_changed", person, {"phase": str(phase)})


def hold_pathway(actor: Actor, person: UUID, key: UUID, act: str) -> Pathway:
    """Raises Refused."""
    hold_reader(actor, person, act)
    found = running(person)
    if found is None or found.pk != key:
        raise Refused("Cette page n’est pas partagée avec vous.")
    return found
