from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.people.models import Person
from jalons.territories.models import Territory


class Phase(models.TextChoices):
    ACCUEIL = "accueil", "Accueil"
    DIAGNOSTIC = "diagnostic", "Diagnostic"
    CONSTRUCTION = "construction", "Construction du parcours"
    ACTION = "action", "Mise en action"
    EMPLOI = "emploi", "Emploi"
    MAINTIEN = "maintien", "Maintien dans l’emploi"
    SORTI = "sorti", "Sorti du parcours"


class Pathway(BaseModel):
    """The way of a person towards work; one runs at a time, whatever their statuses or structures.

    `ended_on` is the day it ended: by an exit (`sorti`), or because the file was made one with
    another, whose pathway goes on.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="pathways")
    phase = models.CharField("phase", max_length=12, choices=Phase.choices, default=Phase.ACCUEIL)
    opened_on = models.DateField("ouvert le")
    ended_on = models.DateField("terminé le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "phase": Level.SHARED,
        "opened_on": Level.SHARED,
        "ended_on": Level.SHARED,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "opened_on"],
                include=["person"],
                condition=Q(ended_on=None),
                name="pathway_running",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on=None),
                name="one_running_pathway",
                violation_error_message="Cette personne a déjà un parcours en cours.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("opened_on")),
                name="pathway_dates",
                violation_error_message="La fin du parcours ne peut pas venir avant son ouverture.",
            ),
            models.CheckConstraint(
                condition=~Q(phase="sorti") | Q(ended_on__isnull=False),
                name="pathway_left_is_over",
                violation_error_message="Un parcours dont la personne est sortie a une fin.",
            ),
        ]
