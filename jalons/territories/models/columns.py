"""Columns that several tables of the consortium share."""

from datetime import date, timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


def text(label: str, length: int) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=length, blank=True, default="", db_default="")


def phones() -> "ArrayField[list[str], list[str]]":
    """In the E.164 form."""
    number = models.CharField(max_length=16)
    return ArrayField(number, verbose_name="téléphones", blank=True, default=list, db_default=[])


def postcode_form(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(postcode="") | Q(postcode__regex=r"^\d{5}$"),
        name=name,
        violation_error_message="Un code postal compte cinq chiffres.",
    )


def last_day(end: date | None) -> date | None:
    """Ends are exclusive in the tables, and told as the last day."""
    return end - timedelta(days=1) if end else None
