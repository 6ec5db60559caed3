from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class Status(BaseModel):
    """A dated, sourced administrative fact; its end (exclusive) may be foreseen.

    `kind` is a nomenclature code, `label` the words it was shown with. `level` is copied from the
    nomenclature. Restricted and sealed, both stand in `cipher` only (`statuses.contents`) with the
    domain, of which a sealed row keeps the token (`domains.token`) for the second wall.
    `confirmed_on` is the last day somebody said that the row is true; before, its beginning tells.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="statuses", db_index=False
    )
    kind = models.CharField("statut", max_length=40, blank=True)
    label = models.CharField("libellé", max_length=150, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.SHARED)
    domain = models.CharField("domaine", max_length=20, blank=True)
    cipher = models.BinaryField(null=True)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)
    confirmed_on = models.DateField("confirmé le", null=True, blank=True)
    source = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "kind": Level.SHARED,
        "label": Level.SHARED,
        "level": Level.SHARED,
        "domain": Level.SHARED,
        "cipher": Level.SECRET,
        "starts_on": Level.SHARED,
        "ends_on": Level.SHARED,
        "confirmed_on": Level.SHARED,
        "source": Level.SHARED,
    }
    row_level = "level"

    class Meta:
        indexes = [
            models.Index(fields=["person", "starts_on"]),
            models.Index(
                F("territory"),
                Coalesce("confirmed_on", "starts_on"),
                condition=Q(level="shared"),
                name="status_known",
            ),
            models.Index(
                fields=["territory", "ends_on"],
                include=["person"],
                condition=Q(level="shared", ends_on__gt=Coalesce("confirmed_on", "starts_on")),
                name="status_over",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="status_dates",
                violation_error_message="La fin du statut vient après son début.",
            ),
            models.CheckConstraint(
                condition=Q(level__in=["restricted", "sealed"], kind="", label="")
                & Q(cipher__isnull=False)
                | ~Q(level__in=["restricted", "sealed"]) & ~Q(kind="") & Q(cipher=None),
                name="status_hidden_content",
                violation_error_message="Un statut restreint ou scellé n’est pas gardé en clair.",
            ),
            models.CheckConstraint(
                condition=~Q(level="sealed") | ~Q(domain=""),
                name="status_sealed_domain",
                violation_error_message="Un statut scellé relève d’un domaine scellé.",
            ),
        ]
