from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel


class Draft(BaseModel):
    """What somebody was writing in a form: theirs alone, encrypted, kept through a log-out.

    `form` names the form and its object (« break-glass:<uuid> »).
    """

    territory = models.SmallIntegerField()
    account = models.UUIDField()
    form = models.CharField(max_length=100)
    cipher = models.BinaryField()
    saved_at = models.DateTimeField()

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.PRIVATE,
        "account": Level.PRIVATE,
        "form": Level.PRIVATE,
        "cipher": Level.SECRET,
        "saved_at": Level.PRIVATE,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "territory", "form"], name="one_draft_a_form"
            )
        ]
