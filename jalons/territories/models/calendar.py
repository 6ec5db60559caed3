"""The deployment calendar: what the consortium does, by when, under whose care."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel

from .consortium import Axis
from .organizations import Organization
from .territory import Territory


class Action(BaseModel):
    """Something to set up under an axis; its state follows from its dates."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    axis = models.ForeignKey(Axis, on_delete=models.PROTECT, related_name="actions")
    title = models.CharField("intitulé", max_length=200)
    description = models.TextField("description", blank=True, default="")
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="structure responsable",
    )
    owner = models.ForeignKey(
        Account,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="responsable",
    )
    starts_on = models.DateField("début prévu")
    due_on = models.DateField("fin prévue")
    started_on = models.DateField("commencée le", null=True, blank=True)
    done_on = models.DateField("terminée le", null=True, blank=True)
    dropped_on = models.DateField("abandonnée le", null=True, blank=True)
    drop_reason = models.CharField("motif d’abandon", max_length=200, blank=True, default="")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "axis": Level.OPEN,
        "title": Level.OPEN,
        "description": Level.OPEN,
        "organization": Level.OPEN,
        "owner": Level.OPEN,
        "starts_on": Level.OPEN,
        "due_on": Level.OPEN,
        "started_on": Level.OPEN,
        "done_on": Level.OPEN,
        "dropped_on": Level.OPEN,
        "drop_reason": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "starts_on", "id"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="action_dates",
                violation_error_message="La fin prévue vient après le début prévu.",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(dropped_on=None),
                name="action_one_end",
                violation_error_message="Une action est terminée ou abandonnée, pas les deux.",
            ),
        ]

    @property
    def state(self) -> str:
        """planned, in_progress, done or dropped."""
        dates = (self.dropped_on, self.done_on, self.started_on)
        names = ("dropped", "done", "in_progress")
        return next((name for name, day in zip(names, dates, strict=True) if day), "planned")

    def __str__(self) -> str:
        return self.title


class Milestone(BaseModel):
    """A date to hold (jalon): of one action, or of the whole deployment."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(
        Action, on_delete=models.PROTECT, related_name="milestones", null=True, blank=True
    )
    title = models.CharField("intitulé", max_length=200)
    due_on = models.DateField("prévu le")
    reached_on = models.DateField("atteint le", null=True, blank=True)
    dropped_on = models.DateField("abandonné le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "action": Level.OPEN,
        "title": Level.OPEN,
        "due_on": Level.OPEN,
        "reached_on": Level.OPEN,
        "dropped_on": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "due_on", "id"])]

    def __str__(self) -> str:
        return self.title
