"""What a territory changes of a default, from a day on."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

from .territory import Territory


class SettingValue(BaseModel):
    """The value of one declared setting from `starts_on`; the last recorded one of a day holds.

    `value` is what the setting's declaration says: a number of days, a list of codes…; null is its
    default. `recorded_at` is when it was decided. From `withdrawn_on` on, the row counts no more:
    the days before keep the value that they had.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    key = models.CharField("réglage", max_length=60)
    value = models.JSONField("valeur", null=True, blank=True)
    starts_on = models.DateField("à partir du")
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "key": Level.OPEN,
        "value": Level.OPEN,
        "starts_on": Level.OPEN,
        "withdrawn_on": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "key", "starts_on"])]

    @staticmethod
    def counting(day: date) -> Q:
        """Those that count on a day; the last of them in (`starts_on`, `recorded_at`) holds."""
        kept = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
        return Q(starts_on__lte=day) & kept

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
