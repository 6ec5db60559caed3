from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory

from .pathway import Pathway


class Objective(BaseModel):
    """What the person wants to reach, in plain words, in a domain of the diagnosis."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="objectives")
    domain = models.CharField("domaine", max_length=20)
    words = models.CharField("objectif", max_length=200)
    set_on = models.DateField("fixé le")
    reached_on = models.DateField("atteint le", null=True, blank=True)
    abandoned_on = models.DateField("abandonné le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "pathway": Level.SHARED,
        "domain": Level.SHARED,
        "words": Level.SHARED,
        "set_on": Level.SHARED,
        "reached_on": Level.SHARED,
        "abandoned_on": Level.SHARED,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reached_on=None) | Q(abandoned_on=None),
                name="objective_closed_once",
                violation_error_message="Un objectif est atteint ou abandonné, pas les deux.",
            ),
            models.CheckConstraint(
                condition=(Q(reached_on=None) | Q(reached_on__gte=F("set_on")))
                & (Q(abandoned_on=None) | Q(abandoned_on__gte=F("set_on"))),
                name="objective_dates",
                violation_error_message="Un objectif se clôt après le jour où il est fixé.",
            ),
        ]


class Action(BaseModel):
    """Something to do, for an objective or for the whole pathway; `due_on` if a day was set."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="actions")
    objective = models.ForeignKey(
        Objective, on_delete=models.SET_NULL, related_name="actions", null=True, blank=True
    )
    words = models.CharField("action", max_length=200)
    added_on = models.DateField("ajoutée le")
    due_on = models.DateField("à faire pour le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    abandoned_on = models.DateField("abandonnée le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "pathway": Level.SHARED,
        "objective": Level.SHARED,
        "words": Level.SHARED,
        "added_on": Level.SHARED,
        "due_on": Level.SHARED,
        "done_on": Level.SHARED,
        "abandoned_on": Level.SHARED,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(abandoned_on=None),
                name="pathway_action_closed_once",
                violation_error_message="Une action est faite ou abandonnée, pas les deux.",
            ),
            models.CheckConstraint(
                condition=(Q(due_on=None) | Q(due_on__gte=F("added_on")))
                & (Q(done_on=None) | Q(done_on__gte=F("added_on")))
                & (Q(abandoned_on=None) | Q(abandoned_on__gte=F("added_on"))),
                name="pathway_action_dates",
                violation_error_message="Une action se fait après le jour où elle est ajoutée.",
            ),
        ]
