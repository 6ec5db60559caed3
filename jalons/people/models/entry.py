from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class Origin(models.TextChoices):
    SELF = "self", "Démarche de la personne"
    PARTNER = "partner", "Signalement d’un partenaire"
    OUTREACH = "outreach", "Aller vers"
    CAF_FLOW = "caf_flow", "Flux de la CAF ou de la MSA"
    STATUS_CHANGE = "status_change", "Changement de statut"


class Entry(BaseModel):
    """A person at a door: received → assigned → first interview held, or closed with a motif.

    `opened_on` is empty while the person, already known elsewhere, waits for the référent's
    acceptance: until then the entry gives its door nothing but what its author typed.
    `flow` names the file that brought the person, so that it opens one entry however often it is
    read.
    The state is computed from the dates (`rules.entry_state`).
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entries")
    door = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    origin = models.CharField("origine", max_length=15, choices=Origin.choices)
    request = models.TextField("demande, dans les mots de la personne", blank=True)
    received_on = models.DateField("reçue le")
    opened_on = models.DateField("ouverte le", null=True, blank=True)
    assigned_to = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    assigned_on = models.DateField("attribuée le", null=True, blank=True)
    orientation_type = models.CharField(
        "type d’orientation", max_length=20, blank=True, default="", db_default=""
    )
    assign_motive = models.CharField(
        "motif de l’orientation", max_length=500, blank=True, default="", db_default=""
    )
    first_interview_on = models.DateField("premier entretien le", null=True, blank=True)
    closed_on = models.DateField("close le", null=True, blank=True)
    close_motive = models.CharField("motif de clôture", max_length=40, blank=True)
    flow = models.CharField("flux", max_length=60, blank=True, default="", db_default="")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "door": Level.IDENTITY,
        "origin": Level.IDENTITY,
        "request": Level.SHARED,
        "received_on": Level.IDENTITY,
        "opened_on": Level.IDENTITY,
        "assigned_to": Level.IDENTITY,
        "assigned_on": Level.IDENTITY,
        "orientation_type": Level.IDENTITY,
        "assign_motive": Level.SHARED,
        "first_interview_on": Level.SHARED,
        "closed_on": Level.IDENTITY,
        "close_motive": Level.SHARED,
        "flow": Level.IDENTITY,
    }

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["door", "closed_on"]),
            models.Index(
                fields=["territory", "person"],
                include=["opened_on"],
                condition=Q(closed_on=None),
                name="entry_not_closed",
            ),
            models.Index(
                fields=["territory", "received_on"],
                condition=Q(closed_on=None, first_interview_on=None),
                name="entry_open",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(assigned_on=None) | Q(assigned_on__gte=F("received_on")),
                name="entry_assigned_after_received",
                violation_error_message="L’attribution vient après la réception.",
            ),
            models.CheckConstraint(
                condition=Q(first_interview_on=None)
                | Q(assigned_on__isnull=False, first_interview_on__gte=F("received_on")),
                name="entry_interview_after_assigned",
                violation_error_message="Le premier entretien suit l’attribution de l’entrée.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, close_motive="")
                | (Q(closed_on__isnull=False) & ~Q(close_motive="")),
                name="entry_closed_with_motive",
                violation_error_message="Une entrée se clôt avec un motif.",
            ),
            models.CheckConstraint(
                condition=(Q(assigned_on=None) & Q(assigned_to=None))
                | Q(assigned_on__isnull=False, assigned_to__isnull=False),
                name="entry_assigned_to_somebody",
                violation_error_message="Choisissez la structure qui accueille la personne.",
            ),
            models.UniqueConstraint(
                fields=["person", "flow"],
                condition=~Q(flow=""),
                name="one_entry_of_a_flow",
                violation_error_message="Ce flux a déjà ouvert une entrée à cette personne.",
            ),
        ]
