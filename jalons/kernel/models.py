from django.db import models

from . import clock
from .ids import uuid7


class BaseModel(models.Model):
    """A row with a UUIDv7 key and the time it was recorded at."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True
