from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .pathway import Pathway


class Outcome(models.TextChoices):
    COMPLETED = "completed", "Menée à son terme"
    PARTLY = "partly", "Menée en partie"
    INTERRUPTED = "interrupted", "Interrompue"
    ABANDONED = "abandoned", "Abandonnée"


class Step(BaseModel):
    """A stage of a pathway: wished, planned, started, ended; its state is computed from the dates.

    `kind` is a nomenclature code, `label` the words it was shown with. `wished_on` is the day the
    wish was told; `ended_on` the day that the step ended or was abandoned. `previous` is the step
    of which the end starts the wait for this one. `blocked_by` says what blocks, in plain words.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField("type d’étape", max_length=40)
    label = models.CharField("étape", max_length=150)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    wished_on = models.DateField("souhaitée le")
    planned_on = models.DateField("prévue le", null=True, blank=True)
    started_on = models.DateField("commencée le", null=True, blank=True)
    ended_on = models.DateField("terminée le", null=True, blank=True)
    outcome = models.CharField("issue", max_length=12, choices=Outcome.choices, blank=True)
    blocked_by = models.CharField("ce qui bloque", max_length=200, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, related_name="next_steps", null=True, blank=True
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "pathway": Level.SHARED,
        "kind": Level.SHARED,
        "label": Level.SHARED,
        "organization": Level.SHARED,
        "wished_on": Level.SHARED,
        "planned_on": Level.SHARED,
        "started_on": Level.SHARED,
        "ended_on": Level.SHARED,
        "outcome": Level.SHARED,
        "blocked_by": Level.SHARED,
        "previous": Level.SHARED,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "previous"],
                include=["pathway"],
                condition=Q(started_on=None, ended_on=None, previous__isnull=False),
                name="step_awaited",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_on=None) | Q(planned_on__gte=F("wished_on")),
                name="step_planned_after_wished",
                violation_error_message="La date prévue ne peut pas venir avant le souhait.",
            ),
            models.CheckConstraint(
                condition=Q(started_on=None) | Q(started_on__gte=F("wished_on")),
                name="step_started_after_wished",
                violation_error_message="Le début ne peut pas venir avant le souhait.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None)
                | Q(ended_on__gte=F("wished_on"))
                & (Q(started_on=None) | Q(ended_on__gte=F("started_on"))),
                name="step_ended_after_started",
                violation_error_message="La fin ne peut pas venir avant le début.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="")
                | Q(ended_on__isnull=False, outcome="abandoned")
                | Q(ended_on__isnull=False, started_on__isnull=False) & ~Q(outcome=""),
                name="step_ended_with_outcome",
                violation_error_message="Une étape commencée se termine avec une issue.",
            ),
            models.CheckConstraint(
                condition=Q(previous=None) | ~Q(previous=F("id")),
                name="step_follows_another",
                violation_error_message="Une étape ne se suit pas elle-même.",
            ),
        ]
