"""The requests that led to nobody: destroyed, for they are about persons who are not followed."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from jalons.access.whole_file import whole_file
from jalons.journal import events
from jalons.people.models import Intake

from ..settings import INTAKE_ASIDE_DAYS, INTAKE_MONTHS
from .plan import setting_value
from .rules import months_after


@dataclass(frozen=True, order=True)
class DueIntake:
    """One request whose delay is over; `since` is the first day it had to be destroyed."""

    territory: int
    key: UUID
    since: date

    def __str__(self) -> str:
        return f"détruire la demande {self.key} territoire {self.territory} depuis le {self.since}"


def plan_intakes(today: date, alias: str) -> list[DueIntake]:
    """Those that nobody answered for the months of their territory, those set aside for its days.

    RGPD, article 5.1.e.
    """
    rows = Intake.objects.using(alias).filter(person=None)
    found: list[DueIntake] = []
    for territory in sorted(set(rows.order_by().values_list("territory", flat=True).distinct())):
        months = setting_value(INTAKE_MONTHS, territory, today, alias)
        days = setting_value(INTAKE_ASIDE_DAYS, territory, today, alias)
        mine = rows.filter(territory=territory).order_by("pk").only("received_at", "settled_at")
        found += [DueIntake(territory, row.pk, _last(row, months, days) + DAY) for row in mine]
    return sorted(due for due in found if due.since <= today)


def destroy(due: DueIntake) -> None:
    """Nothing of it remains but the events, which name nobody; somebody's by now stays."""
    with whole_file("retention") as alias:
        row = Intake.objects.using(alias).select_for_update().filter(pk=due.key, person=None)
        if row.first():
            events.append(
                "rights.intake_destroyed",
                territory=due.territory,
                object_kind="intake",
                object_key=due.key,
                using=alias,
            )
            row.delete()


DAY = timedelta(days=1)


def _last(row: Intake, months: int, days: int) -> date:
    """The last day that it is kept."""
    if row.settled_at:
        return timezone.localdate(row.settled_at) + timedelta(days=days)
    return months_after(timezone.localdate(row.received_at), months)
