"""What a person asks of their own data, the copies made for them, what suspends an erasure."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.people.models import Person
from jalons.territories.models import Territory


class StoredExport(BaseModel):
    """The whole file, encrypted, for whoever asked for it alone; gone a day after it is ready.

    `cipher` is empty until the job has made it.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    cipher = models.BinaryField(null=True)
    ready_at = models.DateTimeField("prête le", null=True, blank=True)
    expires_at = models.DateTimeField("disponible jusqu’au")

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "account": Level.IDENTITY,
        "cipher": Level.SECRET,
        "ready_at": Level.IDENTITY,
        "expires_at": Level.IDENTITY,
    }

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="rights_export_to_purge")]

    def __str__(self) -> str:
        return str(self.pk)


class RightsRequest(BaseModel):
    """A request of the person about their data (RGPD, art. 15 to 21), due one month later.

    `due_on` is the last day to answer (art. 12, 3). `answer` is encrypted. `inventory` counts the
    rows of the file by confidentiality level, never says what they hold. The state is computed
    (`requests.rules.request_state`).
    """

    class Kind(models.TextChoices):
        ACCESS = "access", "Accès à ses données"
        RECTIFICATION = "rectification", "Rectification"
        OBJECTION = "objection", "Opposition"
        ERASURE = "erasure", "Effacement"

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", "Sur place"
        LETTER = "letter", "Courrier"
        EMAIL = "email", "Courriel"
        PHONE = "phone", "Téléphone"

    class Outcome(models.TextChoices):
        GRANTED = "granted", "Demande satisfaite"
        PARTLY = "partly", "Demande satisfaite en partie"
        REFUSED = "refused", "Demande refusée, avec son motif"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField("demande", max_length=15, choices=Kind.choices)
    channel = models.CharField("reçue par", max_length=10, choices=Channel.choices)
    received_on = models.DateField("reçue le")
    due_on = models.DateField("réponse attendue le")
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField("répondue le", null=True, blank=True)
    answered_by = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    outcome = models.CharField("suite donnée", max_length=10, choices=Outcome.choices, blank=True)
    answer = models.BinaryField(null=True, blank=True)
    inventory = models.JSONField(default=dict)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.MASKED,
        "kind": Level.MASKED,
        "channel": Level.MASKED,
        "received_on": Level.MASKED,
        "due_on": Level.MASKED,
        "recorded_by": Level.MASKED,
        "answered_on": Level.MASKED,
        "answered_by": Level.MASKED,
        "outcome": Level.MASKED,
        "answer": Level.SECRET,
        "inventory": Level.MASKED,
    }

    class Meta:
        indexes = [
            models.Index(fields=["territory", "due_on", "id"], name="rights_request_order"),
            models.Index(
                fields=["territory", "due_on"],
                condition=Q(answered_on=None),
                name="rights_request_waiting",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_on=None, outcome="", answered_by=None)
                | (
                    Q(answered_on__gte=F("received_on"), answered_by__isnull=False) & ~Q(outcome="")
                ),
                name="rights_request_answered_by_somebody",
                violation_error_message="Une réponse a une date, un auteur et une suite.",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Hold(BaseModel):
    """A legal hold: while it runs, neither archive nor erasure; both clocks are suspended.

    Runs on a day: `starts_on` ≤ day < the first of `until` and `lifted_on`.
    """

    class Motive(models.TextChoices):
        LITIGATION = "litigation", "Contentieux en cours"
        COMPLAINT = "complaint", "Plainte ou enquête"
        INSPECTION = "inspection", "Contrôle en cours"
        PERSON = "person", "À la demande de la personne (RGPD, article 18)"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    motive = models.CharField("motif", max_length=12, choices=Motive.choices)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("début")
    until = models.DateField("jusqu’au (exclu)")
    lifted_on = models.DateField("levée le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.MASKED,
        "motive": Level.MASKED,
        "account": Level.MASKED,
        "starts_on": Level.MASKED,
        "until": Level.MASKED,
        "lifted_on": Level.MASKED,
    }

    class Meta:
        indexes = [models.Index(fields=["person", "starts_on"], name="rights_hold_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("starts_on")),
                name="hold_dates",
                violation_error_message="La suspension se termine après son début.",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
