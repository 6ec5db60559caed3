"""What is to be corrected in a file, on one day: whom nothing reaches, what nobody confirmed."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from jalons.access.levels import Level
from jalons.attention.rules import days_before
from jalons.territories.settings import number_in_sql

from ..models import Contact, Status
from .settings import STATUS_TO_CONFIRM


def unreachable(day: date) -> Q:
    """A condition on persons: no contact in use, and nobody said that there is none.

    What is sealed counts for nobody, so that this list does not tell it: a discreet person is out.
    """
    running = Contact.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), level=Level.IDENTITY, starts_on__lte=day
    )
    reached = Exists(running.filter(person=OuterRef("pk")))
    return Q(~reached, discreet_contact=False, without_contact_on=None)


def to_confirm(day: date, territory: int | OuterRef | None) -> "list[QuerySet[Status, Any]]":
    """The shared statuses whose end passed, then those that nobody confirmed for the delay.

    A restricted or sealed status is on no list.
    """
    rows = Status.objects.filter(level=Level.SHARED, territory=territory)
    known = Coalesce("confirmed_on", "starts_on")
    delay = number_in_sql(STATUS_TO_CONFIRM, day, territory)
    over = rows.filter(ends_on__lte=day, ends_on__gt=known)
    running = rows.filter(Q(ends_on=None) | Q(ends_on__gt=day)).alias(known=known)
    return [over, running.filter(known__lte=days_before(day, delay))]
