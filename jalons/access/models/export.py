from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel


class Export(BaseModel):
    """A list that left the house, or was refused to: by whom, for what, until when it is kept.

    `page` is the URL name of the list, `words` what its author wrote of the purpose, encrypted.
    `destroyed_on`: they said so; `recalled_on`: the date had passed and they were told.
    """

    territory = models.SmallIntegerField()
    account = models.UUIDField()
    mandate = models.UUIDField()
    page = models.CharField(max_length=80)
    purpose = models.CharField("finalité", max_length=20)
    words = models.BinaryField()
    suffix = models.CharField(max_length=5)
    rows = models.PositiveIntegerField("lignes")
    refused = models.BooleanField("refusé", default=False)
    destroy_on = models.DateField("à détruire le", null=True)
    destroyed_on = models.DateField("détruit le", null=True)
    recalled_on = models.DateField("rappelé le", null=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "account": Level.PRIVATE,
        "mandate": Level.PRIVATE,
        "page": Level.PRIVATE,
        "purpose": Level.PRIVATE,
        "words": Level.SECRET,
        "suffix": Level.PRIVATE,
        "rows": Level.PRIVATE,
        "refused": Level.PRIVATE,
        "destroy_on": Level.PRIVATE,
        "destroyed_on": Level.PRIVATE,
        "recalled_on": Level.PRIVATE,
    }

    class Meta:
        indexes = [models.Index(fields=["account", "recorded_at"], name="export_of_account")]
