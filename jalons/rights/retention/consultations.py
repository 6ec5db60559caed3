"""The end of the consultations: six to twelve months (CNIL, délibération 2021-122)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from jalons.access.models import Consultation
from jalons.access.whole_file import whole_file
from jalons.journal import events
from jalons.territories.models import Territory

from ..models import Hold
from ..settings import CONSULTATION_MONTHS
from .plan import running, setting_value
from .rules import months_before


@dataclass(frozen=True)
class Ended:
    """Consultations whose delay is over: of a territory, or of none; `before` is excluded."""

    territory: int | None
    count: int
    before: date

    def __str__(self) -> str:
        where = f"territoire {self.territory}" if self.territory else "sans territoire"
        return f"supprimer {self.count} consultations {where} d’avant le {self.before}"


def ended(today: date, alias: str) -> list[Ended]:
    """What is over today, by territory; those about a file under a hold are kept."""
    keys = Territory.objects.using(alias).order_by("pk").values_list("pk", flat=True)
    kept = _held(today, alias)
    found = []
    for territory in (*keys, None):
        before = _first_kept(territory, today, alias)
        count = _over(territory, before, kept, alias).count()
        if count:
            found.append(Ended(territory, count, before))
    return found


def end(over: Ended, today: date) -> None:
    """Deletes them as the whole-file role, which alone may; the journal keeps the count."""
    with whole_file("retention", about={"before": over.before.isoformat()}) as alias:
        rows = _over(over.territory, over.before, _held(today, alias), alias)
        count, _ = rows.delete()
        events.append(
            "rights.consultations_ended",
            territory=over.territory,
            payload={"count": count, "before": over.before.isoformat()},
            using=alias,
        )


def _first_kept(territory: int | None, today: date, alias: str) -> date:
    months = (
        setting_value(CONSULTATION_MONTHS, territory, today, alias)
        if territory
        else CONSULTATION_MONTHS.default
    )
    return months_before(today, months)


def _over(
    territory: int | None, before: date, kept: Iterable[UUID], alias: str
) -> "QuerySet[Consultation]":
    start = timezone.make_aware(datetime.combine(before, time()))
    found = Consultation.objects.using(alias).filter(territory=territory, at__lt=start)
    held = list(kept)
    return found.exclude(person__in=held).exclude(listed__overlap=held) if held else found


def _held(today: date, alias: str) -> list[UUID]:
    """The persons whose file a hold keeps."""
    holds = running(Hold.objects.using(alias).order_by("pk"), today)
    return sorted({hold.person_id for hold in holds})
