from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel


class BreakGlass(BaseModel):
    """An urgent access: a reason, three hours, told to the référent and to the person's journal."""

    territory = models.SmallIntegerField()
    account = models.UUIDField()
    mandate = models.UUIDField()
    person = models.UUIDField()
    reason = models.TextField("motif")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "account": Level.SHARED,
        "mandate": Level.SHARED,
        "person": Level.SHARED,
        "reason": Level.SHARED,
        "opened_at": Level.SHARED,
        "closes_at": Level.SHARED,
    }

    class Meta:
        indexes = [
            models.Index(fields=["account", "opened_at"]),
            models.Index(fields=["person", "opened_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opened_at")),
                name="break_glass_dates",
            )
        ]
