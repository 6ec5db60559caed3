"""Pure rules about the requests that arrive before any search."""

from uuid import UUID

from jalons.access.table import SET_INTAKE_ASIDE, TAKE_INTAKE
from jalons.access.transitions import Transition, Workflow

from ..front_door.workflow import RECEIVING

INTAKE = Workflow(
    "intake",
    "Demande reçue",
    {
        "waiting": "En attente",
        "received": "Rattachée à une personne",
        "set_aside": "Mise de côté",
    },
    (
        Transition(
            TAKE_INTAKE,
            ("waiting",),
            "received",
            RECEIVING,
            "après une recherche : un dossier connu, ou une personne nouvelle",
        ),
        Transition(
            SET_INTAKE_ASIDE,
            ("waiting",),
            "set_aside",
            RECEIVING,
            "avec un motif ; annulable dix minutes",
        ),
    ),
)


def intake_state(person: UUID | None, set_aside: str) -> str:
    if person:
        return "received"
    return "set_aside" if set_aside else "waiting"
