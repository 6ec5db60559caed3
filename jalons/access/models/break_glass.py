from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel import crypto
from jalons.kernel.models import BaseModel

PURPOSE = "access.break_glass"


class BreakGlass(BaseModel):
    """An urgent access: a reason, three hours, told to the référent and to the person's journal.

    The reason is encrypted: it may say anything of the person.
    """

    territory = models.SmallIntegerField()
    account = models.UUIDField()
    mandate = models.UUIDField()
    person = models.UUIDField()
    cipher = models.BinaryField("motif")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "account": Level.SHARED,
        "mandate": Level.SHARED,
        "person": Level.SHARED,
        "cipher": Level.SECRET,
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

    @property
    def reason(self) -> str:
        """Empty once the person is erased. Raises InvalidTag on an altered cipher."""
        return crypto.decrypt(bytes(self.cipher), PURPOSE).decode() if self.cipher else ""

    @staticmethod
    def encrypted(reason: str) -> bytes:
        return crypto.encrypt(reason.encode(), PURPOSE)
