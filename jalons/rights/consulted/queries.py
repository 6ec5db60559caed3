"""The consultations of a file and of those it absorbed, by period; for the référent alone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.decisions import require
from jalons.access.models import Consultation
from jalons.access.table import READ_CONSULTATIONS
from jalons.people.circle import Circle
from jalons.people.merging.lineage import whole


@dataclass(frozen=True)
class Period:
    """Both days included; None leaves that side open."""

    first: date | None = None
    last: date | None = None


def consultations(
    actor: Actor, circle: Circle, period: Period, *, refused: bool
) -> "QuerySet[Consultation]":
    """What was opened, or what was refused, the latest first. Raises Refused."""
    require(actor, READ_CONSULTATIONS, circle)
    keys = whole(circle.key)
    found = Consultation.objects.filter(
        Q(person__in=keys) | Q(listed__overlap=keys), refused=refused
    )
    if period.first:
        found = found.filter(at__gte=_midnight(period.first))
    if period.last:
        found = found.filter(at__lt=_midnight(period.last + timedelta(days=1)))
    return found.order_by("-at", "-id")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
