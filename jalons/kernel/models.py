from typing import ClassVar

from django.db import models

from . import clock
from .ids import uuid7


class BaseModel(models.Model):
    """A row with a UUIDv7 key and the time it was recorded at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True


class SentMail(BaseModel):
    """An e-mail that the demo kept instead of sending it. No row exists elsewhere."""

    field_levels: ClassVar[dict[str, str]] = {"to": "open", "subject": "open", "body": "open"}

    to = models.TextField()
    subject = models.TextField()
    body = models.TextField()

    class Meta:
        ordering = ("-recorded_at", "-id")
        indexes: ClassVar = [models.Index(fields=("-recorded_at", "-id"), name="sent_mail_order")]

    def __str__(self) -> str:
        return self.subject
