"""The append-only journal, its erasable payloads, its seals, and what waits for an account.

Everybody is known by key only: `levels` are the values of `access.levels.Level`, a higher room.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Func, Q, Value

from jalons.kernel.models import BaseModel

POSITIONS = "journal_event_position"
"""The sequence that numbers the events, in the order of their insertion; it may have holes."""


class Event(BaseModel):
    """One act: who, what, on whom, when; keys, codes and dates only. Inserted, never changed.

    `cause` is the event that this one compensates. `digest` is the SHA-256 of the payload's salted
    text, null without a payload. `dimensions` are the open codes of that time, those that
    `events.DIMENSIONS` names. `account`, `mandate`, `organization`, `person` and `object_key` are
    keys without constraint: the rows they name live in higher rooms and may be erased. A null
    territory is the platform.
    """

    position = models.BigIntegerField(
        editable=False, db_default=Func(Value(POSITIONS), function="nextval")
    )
    occurred_at = models.DateTimeField()
    account = models.UUIDField(null=True)
    mandate = models.UUIDField(null=True)
    organization = models.UUIDField(null=True)
    person = models.UUIDField(null=True)
    object_key = models.UUIDField(null=True)
    cause = models.UUIDField(null=True)
    territory = models.SmallIntegerField(null=True)
    kind = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    dimensions = models.JSONField(default=dict)
    digest = models.BinaryField(null=True, max_length=32)

    field_levels: ClassVar[dict[str, str]] = {
        "position": "open",
        "occurred_at": "shared",
        "account": "shared",
        "mandate": "shared",
        "organization": "shared",
        "person": "shared",
        "object_key": "shared",
        "cause": "shared",
        "territory": "open",
        "kind": "shared",
        "object_kind": "shared",
        "dimensions": "shared",
        "digest": "secret",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["position"], name="journal_event_position_unique")
        ]
        indexes = [
            models.Index(
                fields=["territory", "person", "-occurred_at", "-position"],
                name="journal_event_timeline",
                condition=Q(person__isnull=False),
            ),
            models.Index(fields=["territory", "kind", "occurred_at"], name="journal_event_kind"),
            models.Index(
                fields=["cause"], name="journal_event_cause", condition=Q(cause__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Payload(models.Model):
    """The values of an event, encrypted with their salt, true kind and level (`payloads`).

    Erasing the row leaves the event and its seal whole, and nothing to guess the values from.
    """

    event = models.UUIDField(primary_key=True)
    territory = models.SmallIntegerField(null=True)
    body = models.BinaryField()

    field_levels: ClassVar[dict[str, str]] = {
        "event": "open",
        "territory": "open",
        "body": "secret",
    }

    def __str__(self) -> str:
        return str(self.event)


class Seal(models.Model):
    """The digest of the events from `from_position` to `to_position`, chained to the one before.

    `form` names the canonical writing of a row (`seals.FORM`). Inserted, never changed.
    """

    number = models.BigIntegerField(primary_key=True)
    from_position = models.BigIntegerField()
    to_position = models.BigIntegerField()
    count = models.IntegerField()
    form = models.SmallIntegerField()
    digest = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    field_levels: ClassVar[dict[str, str]] = {
        "number": "open",
        "from_position": "open",
        "to_position": "open",
        "count": "open",
        "form": "open",
        "digest": "open",
        "previous": "open",
        "sealed_at": "open",
    }

    def __str__(self) -> str:
        return f"{self.number} ({self.from_position}–{self.to_position})"


class Notification(BaseModel):
    """Something waits for an account; `read_at` is set by an act, never by a page."""

    event = models.UUIDField()
    account = models.UUIDField()
    territory = models.SmallIntegerField(null=True)
    kind = models.CharField(max_length=60)
    read_at = models.DateTimeField(null=True)

    field_levels: ClassVar[dict[str, str]] = {
        "event": "shared",
        "account": "shared",
        "territory": "open",
        "kind": "shared",
        "read_at": "shared",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "event"], name="journal_notification_once")
        ]
        indexes = [
            models.Index(
                fields=["account", "recorded_at"],
                name="journal_notification_unread",
                condition=Q(read_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.account}"


class DigestSent(BaseModel):
    """The one mail of an account and day; `sent_at` is null while it is being sent."""

    account = models.UUIDField()
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    field_levels: ClassVar[dict[str, str]] = {
        "account": "open",
        "day": "open",
        "sent_at": "open",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "day"], name="journal_digest_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.day}"
