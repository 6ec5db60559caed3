"""A step planned, started, ended, abandoned; what blocks it, said or lifted."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.table import ABANDON_STEP, END_STEP, PLAN_STEP, START_STEP, TELL_BLOCKER
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock

from ...changes import change
from ...models import Outcome, Step
from ..rules import OPEN, STEP, check
from .holding import dates_of, hold_step, state_of


@transaction.atomic
def plan_step(actor: Actor, person: UUID, key: UUID, day: date) -> Event:
    """Gives a step its day, or another. Raises Refused, Impossible, WrongDate."""
    return _dated(actor, person, key, PLAN_STEP, "pathways.step_planned", planned_on=day)


@transaction.atomic
def start_step(actor: Actor, person: UUID, key: UUID, day: date) -> Event:
    """It began, today or before: nothing blocks it. Raises Refused, Impossible, WrongDate."""
    return _dated(actor, person, key, START_STEP, "pathways.step_started", started_on=day)


@transaction.atomic
def end_step(actor: Actor, person: UUID, key: UUID, day: date, outcome: str) -> Event:
    """It is over, with an outcome. Raises Refused, Impossible, WrongDate."""
    return _over(actor, person, key, END_STEP, "pathways.step_ended", day, outcome)


@transaction.atomic
def abandon_step(actor: Actor, person: UUID, key: UUID) -> Event:
    """It will not be, or not go on. Raises Refused, Impossible, WrongDate."""
    kind, today = "pathways.step_abandoned", clock.today()
    return _over(actor, person, key, ABANDON_STEP, kind, today, Outcome.ABANDONED)


@transaction.atomic
def tell_blocker(actor: Actor, person: UUID, key: UUID, words: str) -> Event:
    """Says what blocks a step that is not over; no words: nothing does any longer.

    Raises Refused, Impossible.
    """
    row = hold_step(actor, person, key, TELL_BLOCKER)
    if state_of(row) not in OPEN:
        raise Impossible("Cette étape est terminée : rien ne la bloque plus.")
    return change(actor, row, "pathways.step_blocked", person, {"blocked_by": words})


def _dated(actor: Actor, person: UUID, key: UUID, act: str, kind: str, **dates: date) -> Event:
    row = _held(actor, person, key, act, **dates)
    lifted = {"blocked_by": ""} if act == START_STEP else {}
    return change(actor, row, kind, person, {**dates, **lifted})


def _over(
    actor: Actor, person: UUID, key: UUID, act: str, kind: str, day: date, outcome: str
) -> Event:
    row = _held(actor, person, key, act, ended_on=day)
    values = {"ended_on": day, "outcome": outcome, "blocked_by": ""}
    return change(actor, row, kind, person, values)


def _held(actor: Actor, person: UUID, key: UUID, act: str, **dates: date) -> Step:
    row = hold_step(actor, person, key, act)
    STEP.target(act, state_of(row))
    check(replace(dates_of(row), **dates), clock.today(), row.pathway.ended_on)
    return row
