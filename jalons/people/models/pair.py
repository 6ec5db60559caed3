from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory

from .person import Person


class Pair(BaseModel):
    """Two files that may be one person's: `person` is the one whose key comes first.

    `reasons` are codes of `pairs.rules.REASONS`; `score` and `margin` are bits, the margin over the
    second likeliest file; null where nothing was scored. `owner` is the one of the two that is
    protected, when the other was created by somebody who may not know of it: its référent alone
    reads the pair. Answered, a pair is not proposed again, whatever the next comparison finds; a
    pair that waits and that the comparison found goes when nothing is alike any more.
    """

    class Source(models.TextChoices):
        COMPARISON = "comparison", "Comparaison des dossiers"
        IMPORT = "import", "Import d’un fichier"
        FRONT_DOOR = "front_door", "Accueil"
        PROTECTED = "protected", "Accueil d’une personne protégée"

    class Answer(models.TextChoices):
        DISTINCT = "distinct", "Deux personnes"
        MERGED = "merged", "Même personne"

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    source = models.CharField("origine", max_length=10, choices=Source.choices)
    owner = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="+", null=True, db_index=False
    )
    reasons = ArrayField(models.CharField(max_length=30), default=list)
    score = models.FloatField("score (bits)", null=True)
    margin = models.FloatField("marge (bits)", null=True)
    found_on = models.DateField("trouvé le")
    postponed_at = models.DateTimeField("remis à plus tard le", null=True)
    answer = models.CharField("réponse", max_length=8, choices=Answer.choices, blank=True)
    answered_on = models.DateField("répondu le", null=True)
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "other": Level.IDENTITY,
        "source": Level.IDENTITY,
        "owner": Level.IDENTITY,
        "reasons": Level.IDENTITY,
        "score": Level.IDENTITY,
        "margin": Level.IDENTITY,
        "found_on": Level.IDENTITY,
        "postponed_at": Level.IDENTITY,
        "answer": Level.IDENTITY,
        "answered_on": Level.IDENTITY,
        "answered_by": Level.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(
                fields=["territory", "found_on", "id"],
                include=["person", "other"],
                condition=Q(answer=""),
                name="pair_open",
            ),
            models.Index(fields=["owner"], condition=Q(owner__isnull=False), name="pair_owner"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                name="pair_once",
                violation_error_message="Ces deux dossiers sont déjà rapprochés.",
            ),
            models.CheckConstraint(
                condition=Q(person__lt=F("other")),
                name="pair_in_order",
                violation_error_message="Deux dossiers différents, dans l’ordre de leurs clés.",
            ),
            models.CheckConstraint(
                condition=(Q(owner=None) & ~Q(source="protected"))
                | (Q(owner__isnull=False, source="protected")),
                name="pair_owned",
                violation_error_message="La paire d’une personne protégée dit laquelle.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answered_by=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="pair_answered_on",
                violation_error_message="Une réponse porte sa date.",
            ),
        ]
