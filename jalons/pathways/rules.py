"""Pure rules about pathways: the workflow of objectives and of actions."""

from datetime import date

from jalons.access.roles import Role
from jalons.access.table import (
    ABANDON_ACTION,
    ABANDON_OBJECTIVE,
    ADD_ACTION,
    FINISH_ACTION,
    REACH_OBJECTIVE,
)
from jalons.access.transitions import Transition, Workflow

FOLLOWERS = frozenset({Role.PRACTITIONER})
"""Who writes in a pathway: among them, those whose follow-up of the person lets them write."""

OBJECTIVE = Workflow(
    "objective",
    "Objectif",
    {"set": "En cours", "reached": "Atteint", "abandoned": "Abandonné"},
    (
        Transition(ADD_ACTION, ("set",), "set", FOLLOWERS),
        Transition(REACH_OBJECTIVE, ("set",), "reached", FOLLOWERS),
        Transition(ABANDON_OBJECTIVE, ("set",), "abandoned", FOLLOWERS),
    ),
)
ACTION = Workflow(
    "action",
    "Action",
    {"to_do": "À faire", "done": "Faite", "abandoned": "Abandonnée"},
    (
        Transition(FINISH_ACTION, ("to_do",), "done", FOLLOWERS),
        Transition(ABANDON_ACTION, ("to_do",), "abandoned", FOLLOWERS),
    ),
)


class WrongDate(ValueError):
    """A date out of order: `field` is where it was typed, `str()` a French sentence for it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def objective_state(reached_on: date | None, abandoned_on: date | None) -> str:
    if reached_on:
        return "reached"
    return "abandoned" if abandoned_on else "set"


def action_state(done_on: date | None, abandoned_on: date | None) -> str:
    if done_on:
        return "done"
    return "abandoned" if abandoned_on else "to_do"
