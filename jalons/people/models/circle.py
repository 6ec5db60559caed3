"""The circle of a person: who follows them, what they agreed to, what they objected to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.accounts.models import Account
from jalons.kernel.models import BaseModel
from jalons.territories.models import Organization, Territory

from .document import Document
from .person import Person


class FollowUpRole(models.TextChoices):
    REFERENT = "referent", "Référent·e de parcours"
    CO_REFERENT = "co_referent", "Co-référent·e"
    INTERVENANT = "intervenant", "Intervenant·e"
    COORDINATOR = "coordinator", "Coordinateur·rice"


class FollowUp(BaseModel):
    """A professional of an organization who follows a person; ended, it gives no access.

    Active on a day: `starts_on` ≤ day < `ends_on`. One active référent per person. A read-only
    follow-up is the overlap of a handover.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follow_ups")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    role = models.CharField("rôle", max_length=12, choices=FollowUpRole.choices)
    motive = models.CharField("motif", max_length=40, blank=True)
    read_only = models.BooleanField("lecture seule", default=False)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)
    end_reason = models.CharField("motif de fin", max_length=40, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "organization": Level.IDENTITY,
        "account": Level.IDENTITY,
        "role": Level.IDENTITY,
        "motive": Level.SHARED,
        "read_only": Level.SHARED,
        "starts_on": Level.IDENTITY,
        "ends_on": Level.IDENTITY,
        "end_reason": Level.SHARED,
    }

    class Meta:
        indexes = [
            models.Index(fields=["account", "organization", "ends_on"]),
            models.Index(
                fields=["organization", "person"],
                include=["starts_on", "ends_on", "territory"],
                name="follow_up_of_organization",
            ),
            models.Index(
                fields=["territory", "person"],
                include=["starts_on", "ends_on"],
                condition=Q(role="referent"),
                name="follow_up_referent",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(role="referent", ends_on=None),
                name="one_active_referent",
                violation_error_message="Cette personne a déjà un référent de parcours.",
            ),
            models.UniqueConstraint(
                fields=["person", "organization", "account", "role"],
                condition=Q(ends_on=None),
                name="follow_up_once",
                violation_error_message="Ce suivi est déjà en cours.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="follow_up_dates",
                violation_error_message="La fin du suivi vient après son début.",
            ),
        ]


class Agreement(BaseModel):
    """The person's agreement to share: it narrows sharing, it never widens it.

    Empty `domains` or empty `organizations` mean all of them. In force on a day: `starts_on` ≤ day
    < the first of `ends_on` and `withdrawn_on`. `document` is the signed paper, where there is one.
    `lineage` tells apart the agreements given in files that were made one: each lineage narrows.
    """

    class Given(models.TextChoices):
        ON_THE_SPOT = "on_the_spot", "Sur place"
        BY_CODE = "by_code", "Par code"
        ON_PAPER = "on_paper", "Sur papier"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="agreements")
    domains = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    organizations = ArrayField(models.UUIDField(), default=list, blank=True)
    given = models.CharField("donné", max_length=12, choices=Given.choices)
    lineage = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    starts_on = models.DateField("début")
    ends_on = models.DateField("fin (exclue)", null=True, blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "domains": Level.SHARED,
        "organizations": Level.SHARED,
        "given": Level.SHARED,
        "lineage": Level.SHARED,
        "starts_on": Level.SHARED,
        "ends_on": Level.SHARED,
        "withdrawn_on": Level.SHARED,
        "document": Level.SHARED,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="agreement_dates",
                violation_error_message="La fin de l’accord vient après son début.",
            )
        ]


class Objection(BaseModel):
    """The person's objection (RGPD art. 21, CASF R. 263-4) to a structure, a domain, or both.

    Without a domain it closes the file to the structure; without a structure it closes the domain
    to everybody but the référent.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="objections")
    domain = models.CharField("domaine", max_length=20, blank=True)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_on = models.DateField("début")
    lifted_on = models.DateField("levée le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.IDENTITY,
        "domain": Level.SHARED,
        "organization": Level.SHARED,
        "starts_on": Level.SHARED,
        "lifted_on": Level.SHARED,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(domain="") | Q(organization__isnull=False),
                name="objection_to_something",
                violation_error_message="Choisissez une structure ou un domaine.",
            )
        ]


class SealedReader(BaseModel):
    """An account that may read the sealed domain of a person; row-level security reads it.

    `domain` is its token (`domains.token`). Kept by the acts that write a sealed fact, change the
    référent or name a reader.
    """

    class Reason(models.TextChoices):
        AUTHOR = "author", "Auteur"
        REFERENT = "referent", "Référent·e de parcours"
        NAMED = "named", "Nommé·e par la personne"

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="sealed_readers", db_index=False
    )
    domain = models.CharField("domaine", max_length=20)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("motif", max_length=10, choices=Reason.choices)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "person": Level.SEALED,
        "domain": Level.SEALED,
        "account": Level.SEALED,
        "reason": Level.SEALED,
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "domain", "account", "reason"], name="sealed_reader_once"
            )
        ]
