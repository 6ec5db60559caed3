from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .entry import Entry
from .person import Person


class Search(BaseModel):
    """Somebody looked for a person at the front door: what they typed, encrypted, and who answers.

    `found` are the persons that its author may know of, the likeliest first. The answer is shown
    until `expires_at`; the row is kept a day, for the quota. `created` is whom it led to create,
    `intake` the request that it was made for.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.UUIDField()
    expires_at = models.DateTimeField()
    cipher = models.BinaryField()
    found = ArrayField(models.UUIDField(), default=list)
    created = models.UUIDField(null=True)
    intake = models.UUIDField(null=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "account": Level.PRIVATE,
        "expires_at": Level.PRIVATE,
        "cipher": Level.SECRET,
        "found": Level.PRIVATE,
        "created": Level.PRIVATE,
        "intake": Level.PRIVATE,
    }

    class Meta:
        verbose_name_plural = "searches"
        indexes = [models.Index(fields=["account", "recorded_at"], name="search_of_account")]


class FollowRequest(BaseModel):
    """Somebody who met a known person asks to follow them; it opens nothing until it is accepted.

    `typed` is what its author typed to find the person, encrypted: all that they see meanwhile.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Acceptée"
        REFUSED = "refused", "Refusée"
        WITHDRAWN = "withdrawn", "Retirée"

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follow_requests")
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    role = models.CharField("rôle", max_length=20)
    reason = models.TextField("motif")
    typed = models.BinaryField()
    answer = models.CharField("réponse", max_length=9, choices=Answer.choices, blank=True)
    answered_on = models.DateField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, db_index=False
    )
    words = models.TextField("mots de la réponse", blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "entry": Level.IDENTITY,
        "account": Level.IDENTITY,
        "organization": Level.IDENTITY,
        "role": Level.IDENTITY,
        "reason": Level.IDENTITY,
        "typed": Level.SECRET,
        "answer": Level.IDENTITY,
        "answered_on": Level.IDENTITY,
        "answered_by": Level.IDENTITY,
        "words": Level.IDENTITY,
    }

    class Meta:
        indexes = [models.Index(fields=["account", "recorded_at"], name="request_of_account")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "account", "organization"],
                condition=Q(answer=""),
                name="one_waiting_request",
                violation_error_message="Vous avez déjà demandé à suivre cette personne.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="request_answered_on",
                violation_error_message="Une réponse porte sa date.",
            ),
        ]
