from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class LastSaid(BaseModel):
    """What the files of an organization said last of a person, so that it is taken once.

    `digests`: by attribute (`arrivals.rules`), a keyed digest; no value. A file that says the same
    again changes nothing, even where somebody corrected the person since.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digests = models.JSONField(default=dict)
    said_on = models.DateField("dit le")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "organization": Level.IDENTITY,
        "digests": Level.SECRET,
        "said_on": Level.IDENTITY,
    }

    class Meta:
        verbose_name_plural = "last said"
        constraints = [
            models.UniqueConstraint(fields=["person", "organization"], name="last_said_once")
        ]
