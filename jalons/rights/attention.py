"""A person's request that nears the end of its month."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import Combinable

from jalons.attention.rules import Rule, days_before

from .models import RightsRequest
from .settings import REQUEST_DUE


def request_due(day: date, days: Combinable) -> "QuerySet[Any, Any]":
    """Requests received for `days` and not answered."""
    return RightsRequest.objects.filter(answered_on=None, received_on__lte=days_before(day, days))


RULES = [Rule("request_due", "Demande sur ses données sans réponse", REQUEST_DUE, request_due)]
