from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jalons.access.levels import Level
from jalons.kernel.ids import uuid7


class Consultation(models.Model):
    """Who opened what about whom, when, why: one row a page, inserted only, never changed.

    Its table lives in its own schema, in monthly partitions, made by a migration. A page about one
    person fills `person`; a list fills `listed`. `reason` names the relation that gave access.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    at = models.DateTimeField()
    territory = models.SmallIntegerField(null=True)
    account = models.UUIDField(null=True)
    mandate = models.UUIDField(null=True)
    organization = models.UUIDField(null=True)
    page = models.CharField(max_length=80)
    act = models.CharField(max_length=60)
    level = models.CharField(max_length=10)
    person = models.UUIDField(null=True)
    listed = ArrayField(models.UUIDField(), null=True)
    reason = models.CharField(max_length=60)
    refused = models.BooleanField(default=False)

    field_levels: ClassVar[dict[str, Level]] = {
        "at": Level.IDENTITY,
        "territory": Level.IDENTITY,
        "account": Level.IDENTITY,
        "mandate": Level.IDENTITY,
        "organization": Level.IDENTITY,
        "page": Level.IDENTITY,
        "act": Level.IDENTITY,
        "level": Level.IDENTITY,
        "person": Level.IDENTITY,
        "listed": Level.IDENTITY,
        "reason": Level.IDENTITY,
        "refused": Level.IDENTITY,
    }

    class Meta:
        managed = False
        db_table = 'consultations"."consultation'
