from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel
from jalons.territories.models import Territory


class Channel(models.TextChoices):
    PHONE = "phone", "Téléphone"
    SMS = "sms", "SMS"
    EMAIL = "email", "Courriel"
    LETTER = "letter", "Courrier"
    IN_PERSON = "in_person", "Sur place"


class Household(models.TextChoices):
    ALONE = "alone", "Seul·e"
    COUPLE = "couple", "En couple"
    SINGLE_PARENT = "single_parent", "Seul·e avec enfants"
    COUPLE_WITH_CHILDREN = "family", "En couple avec enfants"
    HOSTED = "hosted", "Chez des proches"


class Person(BaseModel):
    """A person met by the consortium, once. `commune` is an Insee code, `epci` a SIREN.

    `protected`: outside the followers, everything answers as if nobody existed.
    `hidden_address`: the masked line shows no commune.
    `frozen_at`: the file moved to another territory and is read-only here.
    `sort_key` is the folded « nom prénom » that lists are ordered by, `names` what a search by name
    meets; both come from `people.names`. `sources` says of each identity field which organization
    gave it and when: {"birth_date": ["<organization>", "2026-11-28"]}.
    `without_contact_on`: the day somebody said that nothing reaches the person.
    `archived_at`: the intermediate archive, out of everybody's sight (CASF R. 263-1).
    `merged_into`: the file that this one was made one with; the row stays, out of lists and search.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    family_name = models.CharField("nom", max_length=100)
    birth_name = models.CharField("nom de naissance", max_length=100, blank=True)
    given_name = models.CharField("prénom", max_length=100)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    commune = models.CharField("commune (code Insee)", max_length=5, blank=True)
    epci = models.CharField("intercommunalité (SIREN)", max_length=9, blank=True)
    language = models.CharField("langue", max_length=3, default="fra")
    channel = models.CharField(
        "moyen de contact préféré", max_length=10, choices=Channel.choices, blank=True
    )
    protected = models.BooleanField("personne protégée", default=False)
    hidden_address = models.BooleanField("adresse cachée", default=False)
    discreet_contact = models.BooleanField("contact discret", default=False)
    frozen_at = models.DateTimeField("figé le", null=True, blank=True)
    household = models.CharField(
        "composition du foyer",
        max_length=15,
        choices=Household.choices,
        blank=True,
        default="",
        db_default="",
    )
    children = models.PositiveSmallIntegerField("enfants à charge", null=True, blank=True)
    without_contact_on = models.DateField("sans moyen de contact depuis", null=True, blank=True)
    sources = models.JSONField(default=dict, db_default={}, editable=False)
    archived_at = models.DateTimeField("archivé le", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.CASCADE, related_name="+", null=True, blank=True, db_index=False
    )
    sort_key = models.CharField(max_length=210, editable=False)
    names = ArrayField(
        models.CharField(max_length=100), default=list, db_default=[], editable=False
    )

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.MASKED,
        "family_name": Level.IDENTITY,
        "birth_name": Level.IDENTITY,
        "given_name": Level.IDENTITY,
        "birth_date": Level.IDENTITY,
        "commune": Level.IDENTITY,
        "epci": Level.IDENTITY,
        "language": Level.IDENTITY,
        "channel": Level.IDENTITY,
        "protected": Level.SHARED,
        "hidden_address": Level.SHARED,
        "discreet_contact": Level.SHARED,
        "frozen_at": Level.IDENTITY,
        "household": Level.SHARED,
        "children": Level.SHARED,
        "without_contact_on": Level.IDENTITY,
        "sources": Level.IDENTITY,
        "archived_at": Level.MASKED,
        "merged_into": Level.IDENTITY,
        "sort_key": Level.IDENTITY,
        "names": Level.IDENTITY,
    }

    class Meta:
        indexes = [
            models.Index(fields=["territory", "sort_key", "id"]),
            models.Index(fields=["territory", "birth_date"], name="person_born"),
            GinIndex(fields=["names"], name="person_names"),
            models.Index(
                fields=["territory", "id"],
                condition=models.Q(frozen_at__isnull=False),
                name="person_frozen",
            ),
            models.Index(
                fields=["territory", "id"],
                condition=models.Q(protected=True),
                name="person_protected",
            ),
            models.Index(
                fields=["territory", "id"],
                condition=models.Q(archived_at__isnull=False),
                name="person_archived",
            ),
            models.Index(
                fields=["merged_into", "id"],
                condition=models.Q(merged_into__isnull=False),
                name="person_merged",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(birth_date=None)
                | models.Q(birth_date__gte="1900-01-01", birth_date__lt="2100-01-01"),
                name="person_birth_date_possible",
                violation_error_message="Vérifiez l’année de naissance.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"
