"""What a person was told of the use of their data, and what they were asked to agree to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .circle import Agreement
from .person import Person


class InformationGiven(BaseModel):
    """A person was given one version of the notice (RGPD art. 13 and 14), one day, by somebody."""

    class How(models.TextChoices):
        HANDED = "handed", "Remise en main propre"
        READ_ALOUD = "read_aloud", "Lue à voix haute"
        LETTER = "letter", "Par courrier"
        LINK = "link", "Par un lien"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="informations")
    version = models.CharField("version", max_length=20)
    how = models.CharField("manière", max_length=10, choices=How.choices)
    given_on = models.DateField("donnée le")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "version": Level.IDENTITY,
        "how": Level.IDENTITY,
        "given_on": Level.IDENTITY,
        "account": Level.IDENTITY,
        "organization": Level.IDENTITY,
    }

    def __str__(self) -> str:
        return self.version


class AgreementRequest(BaseModel):
    """What a person is asked to agree to by a link; one is open at a time.

    `digest` is the SHA-256 of the text that was shown when they answered, `answered_at` when.
    """

    class Answer(models.TextChoices):
        AGREED = "agreed", "Accord donné"
        REFUSED = "refused", "Accord refusé"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    domains = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    organizations = ArrayField(models.UUIDField(), default=list, blank=True)
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    replaced_at = models.DateTimeField("remplacée le", null=True, blank=True)
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)
    answer = models.CharField("réponse", max_length=10, choices=Answer.choices, blank=True)
    digest = models.BinaryField(max_length=32, default=bytes)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "domains": Level.SHARED,
        "organizations": Level.SHARED,
        "ends_on": Level.SHARED,
        "account": Level.SHARED,
        "replaced_at": Level.SHARED,
        "answered_at": Level.SHARED,
        "answer": Level.SHARED,
        "digest": Level.SECRET,
        "agreement": Level.SHARED,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(answered_at=None, replaced_at=None),
                name="one_open_agreement_request",
                violation_error_message="Une demande d’accord attend déjà la réponse.",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
