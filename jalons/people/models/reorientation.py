from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class ReorientationMotive(models.TextChoices):
    BETTER_PLACE = "better_place", "Besoin d’un accompagnement d’un autre type"
    PERSON_CHOICE = "person_choice", "Demande de la personne"
    MOVED = "moved", "Déménagement dans le territoire"
    BLOCKED = "blocked", "Accompagnement bloqué"
    NO_ROOM = "no_room", "Plus de place dans la structure"
    OTHER = "other", "Autre motif"


class Reorientation(BaseModel):
    """A request that somebody be accompanied otherwise, and what the dispatcher answers.

    Asked by a professional in their organization; then accepted (the relay is done), refused, or
    withdrawn by its author. The state is computed from the dates (CASF, article L. 262-31).
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Acceptée"
        REFUSED = "refused", "Refusée"

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reorientations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    motive = models.CharField("motif", max_length=20, choices=ReorientationMotive.choices)
    words = models.TextField("précisions", blank=True)
    wished_type = models.CharField("type d’orientation souhaité", max_length=20, blank=True)
    wished_organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    asked_on = models.DateField("demandée le")
    decided_on = models.DateField("décidée le", null=True, blank=True)
    outcome = models.CharField("décision", max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField("réponse", blank=True)
    decided_type = models.CharField("type d’orientation décidé", max_length=20, blank=True)
    decided_organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_on = models.DateField("retirée le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "organization": Level.SHARED,
        "account": Level.SHARED,
        "motive": Level.SHARED,
        "words": Level.SHARED,
        "wished_type": Level.SHARED,
        "wished_organization": Level.SHARED,
        "asked_on": Level.SHARED,
        "decided_on": Level.SHARED,
        "outcome": Level.SHARED,
        "answer": Level.SHARED,
        "decided_type": Level.SHARED,
        "decided_organization": Level.SHARED,
        "withdrawn_on": Level.SHARED,
    }

    class Meta:
        verbose_name = "reorientation"
        indexes = [
            models.Index(
                fields=["territory", "asked_on", "id"],
                include=["person"],
                condition=Q(decided_on=None, withdrawn_on=None),
                name="reorientation_open",
            ),
            models.Index(fields=["account", "organization"], name="reorientation_of_author"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on=None, outcome="")
                | (Q(decided_on__gte=F("asked_on"), withdrawn_on=None) & ~Q(outcome="")),
                name="reorientation_decided_once",
                violation_error_message="Une demande est décidée une fois, après sa date.",
            ),
        ]
