"""Workflows are whole: every state is reached, every act has its label and its event."""

import pytest

from jalons.access.objects import ACTS
from jalons.access.roles import Role
from jalons.access.table import ROWS
from jalons.access.transitions import WORKFLOWS, Impossible, Transition, Workflow, register

LIGHT = Workflow(
    "light",
    "Feu",
    {"red": "Rouge", "green": "Vert", "broken": "En panne"},
    (
        Transition("go", ("red",), "green", frozenset({Role.CLERK})),
        Transition("stop", ("green",), "red"),
        Transition("break", ("red", "green"), "broken"),
    ),
)


@pytest.mark.parametrize(
    ("act", "state", "target"),
    [("go", "red", "green"), ("stop", "green", "red"), ("break", "green", "broken")],
)
def test_an_act_leads_from_a_state_to_another(act: str, state: str, target: str) -> None:
    assert LIGHT.target(act, state) == target
    assert LIGHT.transition(act, state).act == act


@pytest.mark.parametrize(("act", "state"), [("go", "green"), ("go", "broken"), ("fly", "red")])
def test_any_other_act_is_impossible(act: str, state: str) -> None:
    with pytest.raises(Impossible, match=LIGHT.states[state].lower()):
        LIGHT.target(act, state)


def test_a_workflow_is_registered_once() -> None:
    with pytest.raises(ValueError, match="entry"):
        register(WORKFLOWS["entry"])


@pytest.mark.parametrize("workflow", list(WORKFLOWS.values()), ids=list(WORKFLOWS))
def test_a_workflow_names_its_own_states(workflow: Workflow) -> None:
    named = {state for each in workflow.transitions for state in (*each.sources, each.target)}
    assert named <= set(workflow.states)
    pairs = [(each.act, state) for each in workflow.transitions for state in each.sources]
    assert len(pairs) == len(set(pairs)), "an act has one outcome from a state"


@pytest.mark.parametrize("workflow", list(WORKFLOWS.values()), ids=list(WORKFLOWS))
def test_the_roles_of_a_workflow_are_the_policy_s(workflow: Workflow) -> None:
    """What a workflow prints of its roles is what the table allows."""
    for transition in workflow.transitions:
        if transition.roles:
            assert transition.act in ACTS
            allowed = {role for row in ROWS if row.act == transition.act for role in row.roles}
            assert transition.roles == allowed, transition.act
