from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory

from .person import Person


class PossibleMatch(BaseModel):
    """A protected person whom somebody, who may not know of her, may have created again.

    `person` is the protected one, `newcomer` the new file. Only the référent of `person` reads it.
    """

    class Answer(models.TextChoices):
        JOINED = "joined", "Même personne"
        PARTED = "parted", "Autre personne"

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    newcomer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField("réponse", max_length=6, choices=Answer.choices, blank=True)
    answered_on = models.DateField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "newcomer": Level.IDENTITY,
        "answer": Level.IDENTITY,
        "answered_on": Level.IDENTITY,
        "answered_by": Level.IDENTITY,
    }

    class Meta:
        verbose_name_plural = "possible matches"
        constraints = [
            models.UniqueConstraint(fields=["person", "newcomer"], name="one_match_a_pair"),
            models.CheckConstraint(
                condition=~Q(person=F("newcomer")),
                name="match_of_two",
                violation_error_message="Un dossier ne correspond pas à lui-même.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="match_answered_on",
                violation_error_message="Une réponse porte sa date.",
            ),
        ]
