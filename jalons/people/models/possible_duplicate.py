from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory

from .person import Person


class PossibleDuplicate(BaseModel):
    """Two files that may be one person's: `person` is the one whose key comes first.

    `reasons` are codes of `quality.rules.REASONS`. Told apart (`distinct_on`), the pair is not
    proposed again, whatever the next comparison finds; else it goes when nothing is alike any more.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reasons = ArrayField(models.CharField(max_length=20))
    found_on = models.DateField("trouvé le")
    distinct_on = models.DateField("deux personnes, dit le", null=True, blank=True)
    distinct_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True, db_index=False
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "other": Level.IDENTITY,
        "reasons": Level.IDENTITY,
        "found_on": Level.IDENTITY,
        "distinct_on": Level.IDENTITY,
        "distinct_by": Level.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "found_on", "id"],
                include=["person", "other"],
                condition=Q(distinct_on=None),
                name="duplicate_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                name="duplicate_once",
                violation_error_message="Ces deux dossiers sont déjà rapprochés.",
            ),
            models.CheckConstraint(
                condition=Q(person__lt=F("other")),
                name="duplicate_in_order",
                violation_error_message="Deux dossiers différents, dans l’ordre de leurs clés.",
            ),
            models.CheckConstraint(
                condition=Q(distinct_on=None, distinct_by=None) | Q(distinct_on__isnull=False),
                name="duplicate_told_apart",
                violation_error_message="Qui distingue deux personnes le fait un jour donné.",
            ),
        ]
