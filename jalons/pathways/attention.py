"""The attention rules about pathways (product.md §6), each one query."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from jalons.attention.rules import Rule, days_before
from jalons.territories.settings import Setting

from .models import Pathway, Step
from .settings import NO_NEXT_STEP, STEP_LATE, TARGETS
from .steps.rules import AFTER_CONTRACT, CONTRACT


def no_next_step(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Running pathways that for `days` have no step going on, nor one planned for a day to come.

    The count starts on the day the pathway opened, the last step ended, or a planned day passed.
    """
    since = days_before(day, days)
    steps = Step.objects.filter(pathway=OuterRef("pk"))
    ahead = steps.filter(
        Q(ended_on=None) & (Q(started_on__isnull=False) | Q(planned_on__gte=day))
        | Q(ended_on__gt=since)
        | Q(planned_on__gt=since, ended_on=None)
    )
    running = Pathway.objects.filter(_standing(), ended_on=None, opened_on__lte=since)
    return running.filter(~Exists(ahead))


def step_late(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Steps not started `days` after the previous one ended."""
    awaited = Step.objects.filter(
        _standing("pathway__"),
        started_on=None,
        ended_on=None,
        previous__ended_on__isnull=False,
        pathway__ended_on=None,
    ).annotate(
        aimed=_by_kind(lambda setting: setting.key), aimed_default=_by_kind(lambda one: one.default)
    )
    return awaited.filter(previous__ended_on__lt=days_before(day, days))


def _by_kind(told: Callable[[Setting], Any]) -> Case:
    """What each setting of a target tells, by the kind of the step and that of the previous one."""
    own = [
        When(kind=kind, then=Value(told(setting)))
        for kind, setting in TARGETS.items()
        if kind != AFTER_CONTRACT
    ]
    first = When(previous__kind=CONTRACT, then=Value(told(TARGETS[AFTER_CONTRACT])))
    return Case(*own, first, default=Value(told(STEP_LATE)))


def _standing(pathway: str = "") -> Q:
    """Whose file is neither moved away, archived, nor made one with another."""
    person = f"{pathway}person__"
    return Q(
        **{
            f"{person}frozen_at": None,
            f"{person}archived_at": None,
            f"{person}merged_into": None,
        }
    )


RULES = [
    Rule(
        "no_next_step",
        "Sans prochaine étape datée",
        NO_NEXT_STEP,
        no_next_step,
        followers_only=True,
    ),
    Rule(
        "step_late",
        "Étape en retard",
        STEP_LATE,
        step_late,
        key="pathway__person",
        own="aimed",
    ),
]
