"""The organizations of a territory, the places where they receive, and when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from jalons.access.levels import Level
from jalons.kernel.models import BaseModel

from .columns import phones, postcode_form, text
from .territory import Territory


class Organization(BaseModel):
    """A member of the consortium, or a partner: a legal entity or one of its services.

    Phones are in the E.164 form. `city` is written as in an address; `commune` is its Insee code.
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("type de structure", max_length=30)
    siret = models.CharField("SIRET", max_length=14, blank=True)
    sensitive = models.BooleanField("structure sensible", default=False)
    description = models.TextField("description", blank=True, default="", db_default="")
    phones = phones()
    email = models.EmailField("courriel", blank=True, default="", db_default="")
    website = models.URLField("site web", blank=True, default="", db_default="")
    address = text("adresse", 200)
    address_more = text("adresse (complément)", 200)
    postcode = text("code postal", 5)
    city = text("ville", 100)
    commune = models.CharField("commune (code Insee)", max_length=5, blank=True)
    sort_key = models.CharField(max_length=200, editable=False)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "name": Level.OPEN,
        "kind": Level.OPEN,
        "siret": Level.OPEN,
        "sensitive": Level.OPEN,
        "description": Level.OPEN,
        "phones": Level.OPEN,
        "email": Level.OPEN,
        "website": Level.OPEN,
        "address": Level.OPEN,
        "address_more": Level.OPEN,
        "postcode": Level.OPEN,
        "city": Level.OPEN,
        "commune": Level.OPEN,
        "sort_key": Level.OPEN,
    }

    class Meta:
        indexes = [models.Index(fields=["territory", "sort_key", "id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "siret"],
                condition=~Q(siret=""),
                name="organization_siret_unique",
                violation_error_message="Une structure de ce territoire a déjà ce SIRET.",
            ),
            models.CheckConstraint(
                condition=Q(siret="") | Q(siret__regex=r"^\d{14}$"),
                name="organization_siret_form",
                violation_error_message="Un SIRET compte quatorze chiffres.",
            ),
            postcode_form("organization_postcode_form"),
        ]

    def __str__(self) -> str:
        return self.name


class Reception(BaseModel):
    """A place where an organization receives (lieu d'accueil); closed for good on `closed_on`.

    `note` is for whoever comes: « sur rendez-vous », « sonner au 2 ».
    """

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="receptions"
    )
    name = models.CharField("nom du lieu", max_length=150)
    address = text("adresse", 200)
    address_more = text("adresse (complément)", 200)
    postcode = text("code postal", 5)
    city = text("ville", 100)
    commune = text("commune (code Insee)", 5)
    phones = phones()
    note = text("à savoir", 300)
    closed_on = models.DateField("fermé depuis le", null=True, blank=True)

    field_levels: ClassVar[dict[str, Level]] = {
        "territory": Level.OPEN,
        "organization": Level.OPEN,
        "name": Level.OPEN,
        "address": Level.OPEN,
        "address_more": Level.OPEN,
        "postcode": Level.OPEN,
        "city": Level.OPEN,
        "commune": Level.OPEN,
        "phones": Level.OPEN,
        "note": Level.OPEN,
        "closed_on": Level.OPEN,
    }

    class Meta:
        constraints = [postcode_form("reception_postcode_form")]

    def __str__(self) -> str:
        return self.name


class Weekday(models.IntegerChoices):
    """ISO 8601: Monday is 1."""

    MONDAY = 1, "Lundi"
    TUESDAY = 2, "Mardi"
    WEDNESDAY = 3, "Mercredi"
    THURSDAY = 4, "Jeudi"
    FRIDAY = 5, "Vendredi"
    SATURDAY = 6, "Samedi"
    SUNDAY = 7, "Dimanche"


class OpeningHours(BaseModel):
    """One opening of a place of reception in the week; a day may have several."""

    reception = models.ForeignKey(Reception, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField("jour", choices=Weekday.choices)
    opens_at = models.TimeField("ouverture")
    closes_at = models.TimeField("fermeture")

    field_levels: ClassVar[dict[str, Level]] = {
        "reception": Level.OPEN,
        "weekday": Level.OPEN,
        "opens_at": Level.OPEN,
        "closes_at": Level.OPEN,
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="opening_hours_order",
                violation_error_message="La fermeture vient après l’ouverture.",
            ),
            models.CheckConstraint(
                condition=Q(weekday__in=Weekday.values), name="opening_hours_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}–{self.closes_at:%H:%M}"
