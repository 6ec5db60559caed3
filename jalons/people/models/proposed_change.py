from typing import ClassVar

from django.db import models
from django.db.models import Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .person import Person


class ProposedState(models.TextChoices):
    WAITING = "waiting", "En attente"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
    WITHDRAWN = "withdrawn", "Retirée"


class ProposedChange(BaseModel):
    """A correction that another institution proposes; the référent answers field by field.

    The cipher is JSON (`identity.proposals`): of each field the value that its author saw and the
    one they propose, the fields accepted, the words of the answer. `level` is that of its fields.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="proposed_changes")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.IDENTITY)
    state = models.CharField(
        "état", max_length=9, choices=ProposedState.choices, default=ProposedState.WAITING
    )
    cipher = models.BinaryField()
    proposed_at = models.DateTimeField("proposée le")
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "organization": Level.IDENTITY,
        "account": Level.IDENTITY,
        "level": Level.IDENTITY,
        "state": Level.IDENTITY,
        "cipher": Level.SECRET,
        "proposed_at": Level.IDENTITY,
        "answered_at": Level.IDENTITY,
    }

    row_level = "level"

    class Meta:
        indexes = [
            models.Index(
                fields=["person"], condition=Q(state="waiting"), name="proposed_change_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | ~Q(state="waiting") & Q(answered_at__isnull=False),
                name="proposed_change_answered",
                violation_error_message="Une réponse a sa date.",
            )
        ]
