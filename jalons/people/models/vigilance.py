from typing import ClassVar

from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory


class UnusualReading(BaseModel):
    """A way of opening files that looks like a harvest: whose, and how much, without any name.

    `account` is whose reading it is, empty when the rule is about a person that many structures
    open; `person` is then that person. `count` is what went beyond the rule's threshold.
    """

    class Rule(models.TextChoices):
        FILES = "files", "Beaucoup de dossiers en une heure"
        ALPHABET = "alphabet", "Dossiers ouverts dans l’ordre alphabétique"
        SEARCHES = "searches", "Recherches dans l’ordre alphabétique"
        STRUCTURES = "structures", "Un dossier ouvert par beaucoup de structures en un jour"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField("règle", max_length=10, choices=Rule.choices)
    account = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    count = models.PositiveIntegerField("nombre")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "rule": Level.OPEN,
        "account": Level.OPEN,
        "person": Level.SECRET,
        "count": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "recorded_at"], name="unusual_reading_order")]
