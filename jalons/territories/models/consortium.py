"""The consortium of a territory: its dated members, its convention, its axes, its yearly goal."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

from .columns import last_day, text
from .organizations import Organization
from .territory import Territory


class Membership(BaseModel):
    """An organization that signed the convention, between two dates (the end is exclusive)."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="memberships"
    )
    starts_on = models.DateField("membre depuis le")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "organization": Level.OPEN,
        "starts_on": Level.OPEN,
        "ends_on": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ends_on=None),
                name="membership_once",
                violation_error_message="Cette structure est déjà membre du consortium.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_dates",
                violation_error_message="La fin vient après le début.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organization)


class Convention(BaseModel):
    """What the members signed: who carries it, for how long, towards what."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("intitulé", max_length=200)
    carrier = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", verbose_name="structure porteuse"
    )
    signed_on = models.DateField("signée le", null=True, blank=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)
    aims = models.TextField("ce que le territoire veut changer", blank=True, default="")
    publics = models.JSONField("publics visés (codes)", default=list, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "title": Level.OPEN,
        "carrier": Level.OPEN,
        "signed_on": Level.OPEN,
        "starts_on": Level.OPEN,
        "ends_on": Level.OPEN,
        "aims": Level.OPEN,
        "publics": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="convention_dates",
                violation_error_message="La fin de la convention vient après son début.",
            ),
            models.UniqueConstraint(
                fields=["territory", "starts_on"],
                name="convention_start",
                violation_error_message="Une convention commence déjà ce jour-là.",
            ),
        ]

    @property
    def last_day(self) -> date | None:
        return last_day(self.ends_on)

    def __str__(self) -> str:
        return self.title


class NationalAxis(models.TextChoices):
    """The four axes of the national call (territories.md)."""

    DIAGNOSIS = "diagnosis", "Diagnostic partagé"
    COORDINATION = "coordination", "Coordination et suivi"
    OFFER = "offer", "Offre de solutions"
    METHOD = "method", "Méthode et participation"


class Axis(BaseModel):
    """An axis of the territory, under one of the four national ones; `rank` orders them."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    national = models.CharField("axe national", max_length=12, choices=NationalAxis.choices)
    rank = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("intitulé", max_length=200)
    description = models.TextField("description", blank=True, default="")
    dropped_on = models.DateField("abandonné le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "national": Level.OPEN,
        "rank": Level.OPEN,
        "title": Level.OPEN,
        "description": Level.OPEN,
        "dropped_on": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "rank", "id"])]

    def __str__(self) -> str:
        return self.title


class YearlyGoal(BaseModel):
    """How many persons the territory means to accompany in a year; the last decided one holds."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("année")
    persons = models.PositiveIntegerField("personnes à accompagner")
    decided_on = models.DateField("décidé le")
    reason = text("motif", 200)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "year": Level.OPEN,
        "persons": Level.OPEN,
        "decided_on": Level.OPEN,
        "reason": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(year__range=(2020, 2100)),
                name="yearly_goal_year",
                violation_error_message="Choisissez une année à partir de 2020.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} : {self.persons}"
