"""Pure rules about réorientations: their state is computed from their dates."""

from datetime import date

from jalons.access.roles import Role
from jalons.access.table import (
    ACCEPT_REORIENTATION,
    REFUSE_REORIENTATION,
    WITHDRAW_REORIENTATION,
)
from jalons.access.transitions import Transition, Workflow

ASKERS = frozenset({Role.PRACTITIONER, Role.MANAGER})

REORIENTATION = Workflow(
    "reorientation",
    "Réorientation",
    {
        "asked": "Demandée",
        "accepted": "Acceptée",
        "refused": "Refusée",
        "withdrawn": "Retirée",
    },
    (
        Transition(
            ACCEPT_REORIENTATION,
            ("asked",),
            "accepted",
            frozenset({Role.DISPATCHER}),
            "avec un type, une structure et un référent habilité : le relais est fait",
        ),
        Transition(
            REFUSE_REORIENTATION,
            ("asked",),
            "refused",
            frozenset({Role.DISPATCHER}),
            "avec une réponse écrite",
        ),
        Transition(WITHDRAW_REORIENTATION, ("asked",), "withdrawn", ASKERS, "par son auteur"),
    ),
)


def reorientation_state(decided_on: date | None, outcome: str, withdrawn_on: date | None) -> str:
    if withdrawn_on:
        return "withdrawn"
    return outcome if decided_on else "asked"
