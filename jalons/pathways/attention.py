"""The attention rules about pathways (product.md §6), each one query."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.db.models.expressions import Combinable

from jalons.attention.rules import Number, Rule, days_before

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
    )
    return awaited.filter(previous__ended_on__lt=days_before(day, days))


def _target(number: Number) -> Combinable:
    """The days aimed at before a step, by its kind and that of the previous one."""
    own = [
        When(kind=kind, then=number(setting))
        for kind, setting in TARGETS.items()
        if kind != AFTER_CONTRACT
    ]
    first = When(previous__kind=CONTRACT, then=number(TARGETS[AFTER_CONTRACT]))
    return Case(*own, first, default=number(STEP_LATE))


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
        among=_target,
    ),
]
