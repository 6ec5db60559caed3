"""The pathway of a person, as one reader may see it: phase, objectives, actions, steps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.levels import Level
from jalons.access.policy import READ
from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.people.circle import Circle
from jalons.territories import settings

from ..holding import running
from ..models import Action, Objective, Pathway, Step
from ..objectives.domains import LIST as DOMAINS
from ..rules import action_state, objective_state
from ..settings import BY_KIND
from ..steps.actions.holding import dates_of, state_of
from ..steps.kinds import domain_of
from ..steps.rules import STEP, Wait, rank, target, wait

HIDDEN = "Structure non affichée"
DRAWN = {"ended": "done", "started": "now", "planned": "next", "wished": "next"}
"""The drawing of each state."""


@dataclass(frozen=True)
class ShownStep:
    row: Step
    state: str
    organization: str
    wait: Wait | None

    @property
    def state_label(self) -> str:
        return STEP.states[self.state]

    @property
    def drawn(self) -> str:
        return "blocked" if self.row.blocked_by else DRAWN[self.state]

    @property
    def is_open(self) -> bool:
        return self.state not in ("ended", "abandoned")


@dataclass(frozen=True)
class ShownObjective:
    row: Objective
    state: str
    domain: str
    actions: list[Action]


@dataclass(frozen=True)
class ShownPathway:
    """`actions` are those of the pathway as a whole; what is over stands apart."""

    row: Pathway
    days: int
    objectives: list[ShownObjective]
    closed: list[ShownObjective]
    actions: list[Action]
    steps: list[ShownStep]
    abandoned: list[ShownStep]
    no_next: bool


def pathway(actor: Actor, circle: Circle) -> ShownPathway | None:
    """The running pathway; five queries, and one for the territory's settings."""
    row = running(circle.key)
    if row is None:
        return None
    today = clock.today()
    objectives = _objectives(actor, circle, row)
    steps = readable_steps(actor, circle, row)
    lines = _lines(actor, circle, steps, today)
    going = [one for one in lines if one.state != "abandoned"]
    return ShownPathway(
        row,
        (today - row.opened_on).days,
        [one for one in objectives if one.state == "set"],
        [one for one in objectives if one.state != "set"],
        [
            action
            for action in row.actions.filter(objective=None).order_by("due_on", "id")
            if action_state(action.done_on, action.abandoned_on) == "to_do"
        ],
        going,
        [one for one in lines if one.state == "abandoned"],
        not any(_ahead(one, today) for one in going),
    )


def step(actor: Actor, circle: Circle, key: UUID) -> Step | None:
    """One step of a person, or None when it is out of the actor's sight."""
    row = Step.objects.filter(pk=key, pathway__person=circle.key).first()
    return row if row and _shared(actor, circle, domain_of(row.kind, row.territory_id)) else None


def readable_steps(actor: Actor, circle: Circle, row: Pathway) -> list[Step]:
    """The steps that `actor` may read, in the order of the pathway."""
    rows = row.steps.select_related("organization", "previous").order_by("wished_on", "id")
    found = [one for one in rows if _shared(actor, circle, domain_of(one.kind, one.territory_id))]
    return sorted(found, key=lambda one: rank(dates_of(one), one.outcome))


def steps_to_follow(actor: Actor, circle: Circle) -> list[Step]:
    """The steps after which another may come, the last one last."""
    row = running(circle.key)
    found = readable_steps(actor, circle, row) if row else []
    return [one for one in found if state_of(one) != "abandoned"]


def open_objectives(actor: Actor, circle: Circle) -> list[Objective]:
    """The objectives for which something may still be done."""
    row = running(circle.key)
    shown = _objectives(actor, circle, row) if row else []
    return [one.row for one in shown if one.state == "set"]


def _objectives(actor: Actor, circle: Circle, row: Pathway) -> list[ShownObjective]:
    rows = row.objectives.prefetch_related("actions").order_by("set_on", "id")
    return [
        ShownObjective(
            one,
            objective_state(one.reached_on, one.abandoned_on),
            nomenclature.label(DOMAINS, one.domain),
            sorted(
                (
                    action
                    for action in one.actions.all()
                    if action_state(action.done_on, action.abandoned_on) == "to_do"
                ),
                key=lambda action: (action.due_on or date.max, action.pk),
            ),
        )
        for one in rows
        if _shared(actor, circle, one.domain)
    ]


def _lines(actor: Actor, circle: Circle, steps: list[Step], today: date) -> list[ShownStep]:
    targets = _targets(circle.territory, today)
    referent = bool(circle.referent and circle.referent.account == actor.account)
    return [
        ShownStep(
            one, state_of(one), _organization(actor, one, is_referent=referent), _wait(one, targets)
        )
        for one in steps
    ]


def _targets(territory: int, day: date) -> Mapping[str, int]:
    known = settings.recorded(territory)
    return {
        kind: settings.value_of(setting, known.get(setting.key, ()), day)
        for kind, setting in BY_KIND.items()
    }


def _wait(row: Step, targets: Mapping[str, int]) -> Wait | None:
    if row.previous is None:
        return None
    days = target(row.previous.kind, row.kind, targets)
    return wait(row.previous.ended_on, dates_of(row), days, clock.today())


def _organization(actor: Actor, row: Step, *, is_referent: bool) -> str:
    """A sensitive structure is named to the référent and to its own people only."""
    place = row.organization
    if place is None:
        return ""
    named = is_referent or not place.sensitive or place.pk == actor.organization
    return place.name if named else HIDDEN


def _shared(actor: Actor, circle: Circle, domain: str) -> bool:
    return bool(decide(actor, READ, circle, Level.SHARED, domain=domain))


def _ahead(one: ShownStep, today: date) -> bool:
    planned = one.row.planned_on
    return one.state == "started" or (
        one.state == "planned" and planned is not None and planned >= today
    )


def phase(circle: Circle) -> str:
    """Where the person stands, as an authorised form proposes it first."""
    row = running(circle.key)
    return row.phase if row else ""
