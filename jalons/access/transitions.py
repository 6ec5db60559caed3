"""Workflows as declarative tables, printed in docs/transitions.md: state × act × role."""

from collections.abc import Mapping
from dataclasses import dataclass

from .roles import Role


class Impossible(Exception):
    """The act does not exist from this state; `str()` is a French sentence for the screen."""


@dataclass(frozen=True)
class Transition:
    """`roles` empty: the platform or the holder of a link. `condition` is told in words."""

    act: str
    sources: tuple[str, ...]
    target: str
    roles: frozenset[Role] = frozenset()
    condition: str = ""


@dataclass(frozen=True)
class Workflow:
    """`states` maps a state to its French label; the first one is where things begin."""

    name: str
    label: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]

    def transition(self, act: str, state: str) -> Transition:
        """The transition of `act` from `state`. Raises Impossible."""
        for transition in self.transitions:
            if transition.act == act and state in transition.sources:
                return transition
        raise Impossible(f"Cet acte n’est plus possible : {self.states[state].lower()}.")

    def target(self, act: str, state: str) -> str:
        """The state after `act`. Raises Impossible."""
        return self.transition(act, state).target


WORKFLOWS: dict[str, Workflow] = {}


def register(workflow: Workflow) -> Workflow:
    if workflow.name in WORKFLOWS:
        raise ValueError(f"workflow {workflow.name!r} is registered twice")
    WORKFLOWS[workflow.name] = workflow
    return workflow
