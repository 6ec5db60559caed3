"""What a territory changes of a default, from a day on."""

from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

from .territory import Territory


class SettingValue(BaseModel):
    """The value of one declared setting from `starts_on`; the last recorded one of a day holds.

    `value` is what the setting's declaration says: a number of days, a number, a list of codes.
    `recorded_at` is when it was decided: a past day keeps the value that it had.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    key = models.CharField("réglage", max_length=60)
    value = models.JSONField("valeur")
    starts_on = models.DateField("à partir du")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "key": Level.OPEN,
        "value": Level.OPEN,
        "starts_on": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "key", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
