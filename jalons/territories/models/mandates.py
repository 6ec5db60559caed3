"""Who works in the consortium: the mandates that accounts hold, and the invitations to hold one."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from jalons.access.levels import Level
from jalons.access.roles import Field, Role
from jalons.accounts.models import Account
from jalons.kernel import clock
from jalons.kernel.models import BaseModel

from ..team.rules import invitation_state
from .columns import phones, text
from .organizations import Organization
from .territory import Territory


class Mandate(BaseModel):
    """An account in an organization with a role, between two dates (the end is exclusive).

    `words` is what the lists sort by and search: names, function and skills, folded.
    `observer` and `platform_admin` mandates have neither organization nor territory: they read no
    person anywhere.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="mandates")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="mandates", null=True, blank=True
    )
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    field = models.CharField("champ", max_length=12, choices=Field.choices, blank=True)
    habilitated_from = models.DateField("habilitation de référent depuis", null=True, blank=True)
    data_protection_from = models.DateField("protection des données depuis", null=True, blank=True)
    function = text("fonction", 150)
    skills = ArrayField(
        models.CharField(max_length=80), verbose_name="compétences", default=list, db_default=[]
    )
    phones = phones()
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)
    words = models.TextField(editable=False, default="", db_default="")

    field_levels: ClassVar[dict[str, Level]] = {
        "account": Level.OPEN,
        "territory": Level.OPEN,
        "organization": Level.OPEN,
        "role": Level.OPEN,
        "field": Level.OPEN,
        "habilitated_from": Level.OPEN,
        "data_protection_from": Level.OPEN,
        "function": Level.OPEN,
        "skills": Level.OPEN,
        "phones": Level.OPEN,
        "starts_on": Level.OPEN,
        "ends_on": Level.OPEN,
        "words": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["organization", "ends_on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="mandate_dates",
                violation_error_message="La fin du mandat vient après son début.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=[Role.OBSERVER, Role.PLATFORM_ADMIN], organization=None)
                | (
                    ~Q(role__in=[Role.OBSERVER, Role.PLATFORM_ADMIN])
                    & Q(organization__isnull=False, territory__isnull=False)
                ),
                name="mandate_place",
                violation_error_message="Ce rôle s’exerce dans une structure d’un territoire.",
            ),
            models.UniqueConstraint(
                fields=["account", "organization", "role"],
                condition=Q(ends_on=None),
                name="mandate_once",
                violation_error_message="Cette personne a déjà ce rôle dans cette structure.",
            ),
        ]

    def works_on(self, day: date) -> bool:
        """Whether it is in force on a day, of an enabled account."""
        ended = self.ends_on is not None and self.ends_on <= day
        return self.starts_on <= day and not ended and self.account.is_active

    def __str__(self) -> str:
        return f"{self.account} – {self.get_role_display()}"


class Invitation(BaseModel):
    """Somebody expected in an organization under a role: prepared, sent, then accepted or not.

    Only a sent one has left by mail; its link falls with the mandate of who sent it, after seven
    days, or when it is sent again. `field` stays empty until somebody sets it, and accepting never
    habilitates. `recorded_at` is when it was prepared. Of the link and of the cookie that it is
    exchanged for, digests are kept.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField("rôle", max_length=20, choices=Role.choices)
    field = models.CharField("champ", max_length=12, choices=Field.choices, blank=True)
    email = models.EmailField("courriel", max_length=254)
    given_name = models.CharField("prénom", max_length=100, blank=True)
    family_name = models.CharField("nom", max_length=100, blank=True)
    function = models.CharField("fonction", max_length=150, blank=True)
    phones = phones()
    sent_at = models.DateTimeField("envoyée le", null=True, blank=True)
    sent_by = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    token_digest = models.BinaryField(max_length=32, unique=True, null=True)
    session_digest = models.BinaryField(max_length=32, unique=True, null=True)
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "organization": Level.OPEN,
        "role": Level.OPEN,
        "field": Level.OPEN,
        "email": Level.OPEN,
        "given_name": Level.OPEN,
        "family_name": Level.OPEN,
        "function": Level.OPEN,
        "phones": Level.OPEN,
        "sent_at": Level.OPEN,
        "sent_by": Level.OPEN,
        "token_digest": Level.SECRET,
        "session_digest": Level.SECRET,
        "accepted_at": Level.OPEN,
        "withdrawn_at": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organization",
                "role",
                Lower("email"),
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_once",
                violation_error_message="Une invitation à ce courriel attend déjà.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(sent_at__isnull=False, withdrawn_at=None),
                name="invitation_dates",
                violation_error_message="Une invitation acceptée a été envoyée, et non retirée.",
            ),
        ]

    @property
    def state(self) -> str:
        """The state of `team_rules.INVITATION`, now."""
        return invitation_state(
            sent_at=self.sent_at,
            accepted_at=self.accepted_at,
            withdrawn_at=self.withdrawn_at,
            sender_works=self.sent_by is None or self.sent_by.works_on(clock.today()),
            at=clock.now(),
        )

    def __str__(self) -> str:
        return f"{self.email} – {self.get_role_display()}"
