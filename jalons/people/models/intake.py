from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .entry import Origin
from .person import Person


class Intake(BaseModel):
    """Somebody asks for help, or is signalled, before any agent searched for them.

    It is in nobody's file: `person` is empty until an agent says who it is. `cipher` is what was
    typed, encrypted for this row (`intakes.said`). `set_aside` is the motive of who closed it;
    `settled_at` is when it left the list, one way or the other.
    """

    class Motive(models.TextChoices):
        DUPLICATE = "duplicate", "Doublon"
        UNREACHABLE = "unreachable", "Injoignable"
        ELSEWHERE = "elsewhere", "Hors du territoire"
        FOLLOWED = "followed", "Déjà suivi"
        MISTAKE = "mistake", "Erreur"

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    door = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    origin = models.CharField("origine", max_length=15, choices=Origin.choices)
    received_at = models.DateTimeField("reçue le")
    cipher = models.BinaryField()
    handled_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="intakes", null=True, blank=True
    )
    set_aside = models.CharField(
        "motif de mise de côté", max_length=11, choices=Motive.choices, blank=True
    )
    settled_at = models.DateTimeField("traitée le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "door": Level.IDENTITY,
        "origin": Level.IDENTITY,
        "received_at": Level.IDENTITY,
        "cipher": Level.SECRET,
        "handled_by": Level.IDENTITY,
        "person": Level.IDENTITY,
        "set_aside": Level.IDENTITY,
        "settled_at": Level.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "received_at"],
                condition=Q(person=None, set_aside=""),
                name="intake_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None) | Q(set_aside=""),
                name="intake_settled_once",
                violation_error_message="Une demande est reçue ou mise de côté, pas les deux.",
            ),
            models.CheckConstraint(
                condition=Q(person=None, set_aside="", settled_at=None)
                | (Q(settled_at__isnull=False) & (Q(person__isnull=False) | ~Q(set_aside=""))),
                name="intake_settled_at",
                violation_error_message="Une demande traitée porte son jour.",
            ),
        ]
