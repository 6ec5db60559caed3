"""Pure rules about steps: their state, the order of their dates, the wait before each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from jalons.access.table import ABANDON_STEP, END_STEP, PLAN_STEP, START_STEP
from jalons.access.transitions import Transition, Workflow

from ..rules import FOLLOWERS, WrongDate

ABANDONED = "abandoned"
OPEN = ("wished", "planned", "started")

STEP = Workflow(
    "step",
    "Étape d’un parcours",
    {
        "wished": "Souhaitée",
        "planned": "Prévue",
        "started": "En cours",
        "ended": "Terminée",
        "abandoned": "Abandonnée",
    },
    (
        Transition(PLAN_STEP, ("wished", "planned"), "planned", FOLLOWERS, "avec une date"),
        Transition(START_STEP, ("wished", "planned"), "started", FOLLOWERS),
        Transition(END_STEP, ("started",), "ended", FOLLOWERS, "avec une issue"),
        Transition(ABANDON_STEP, OPEN, "abandoned", FOLLOWERS),
    ),
)


@dataclass(frozen=True)
class Dates:
    """The dates of a step; `ended_on` is the day that it ended, or was abandoned."""

    wished_on: date
    planned_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None


def step_state(dates: Dates, outcome: str) -> str:
    if outcome == ABANDONED:
        return "abandoned"
    if dates.ended_on:
        return "ended"
    if dates.started_on:
        return "started"
    return "planned" if dates.planned_on else "wished"


def check(dates: Dates, today: date, pathway_ended_on: date | None = None) -> None:
    """What happened did happen, in order, and before the pathway's end. Raises WrongDate."""
    for field, told in [
        ("wished_on", dates.wished_on),
        ("started_on", dates.started_on),
        ("ended_on", dates.ended_on),
    ]:
        if told and told > today:
            raise WrongDate(field, "Choisissez aujourd’hui ou un jour passé.")
    if dates.planned_on and dates.planned_on < dates.wished_on:
        raise WrongDate("planned_on", "La date prévue ne peut pas venir avant le souhait.")
    if dates.started_on and dates.started_on < dates.wished_on:
        raise WrongDate("started_on", "Le début ne peut pas venir avant le souhait.")
    if dates.ended_on and dates.ended_on < (dates.started_on or dates.wished_on):
        raise WrongDate("ended_on", "La fin ne peut pas venir avant le début.")
    _before(pathway_ended_on, dates)


def _before(end: date | None, dates: Dates) -> None:
    if end is None:
        return
    for field in ("wished_on", "planned_on", "started_on", "ended_on"):
        told = getattr(dates, field)
        if told and told > end:
            raise WrongDate(field, "Le parcours est terminé avant ce jour.")


def target(previous: str, kind: str, targets: Mapping[str, int]) -> int:
    """The days aimed at between the end of a step and the start of the next, by their kinds.

    Some kinds have a target of their own, whatever comes before; then what follows the contract
    (the first action) has one; the rest share the last.
    """
    if kind in targets:
        return targets[kind]
    return targets[AFTER_CONTRACT] if previous == CONTRACT else targets[OTHER]


CONTRACT, AFTER_CONTRACT, OTHER = "contrat", "après le contrat", "autre"


@dataclass(frozen=True)
class Wait:
    """The days since the step before, up to the start of this one or to today; those aimed at."""

    days: int
    target: int
    due_on: date

    @property
    def late(self) -> bool:
        return self.days > self.target

    @property
    def words(self) -> str:
        unit = "jour" if self.days < 2 else "jours"
        aimed = "visé" if self.target < 2 else "visés"
        return f"{self.days} {unit} depuis l’étape d’avant, {self.target} {aimed}"


def wait(previous_ended_on: date | None, dates: Dates, days: int, today: date) -> Wait | None:
    """None while the step before goes on, and for a step that never started and is over."""
    if previous_ended_on is None or (dates.ended_on and not dates.started_on):
        return None
    until = dates.started_on or today
    waited = max((until - previous_ended_on).days, 0)
    return Wait(waited, days, previous_ended_on + timedelta(days=days))


def rank(dates: Dates, outcome: str) -> tuple[int, date]:
    """Where a step stands in the pathway: what began, then what is planned, then what is wished."""
    order = {"ended": 0, "started": 0, "planned": 1, "wished": 2, "abandoned": 3}
    day = dates.started_on or dates.planned_on or dates.wished_on
    return order[step_state(dates, outcome)], day
