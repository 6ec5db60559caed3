"""Which files were made one: the last file that one leads to, those that a file absorbed."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ..circle import Circle
from ..models import Merge, Person


def final_file(circle: Circle) -> UUID | None:
    """The file that stands today for one that was absorbed; None for any other."""
    found = there = circle.merged_into
    while there:
        rows = Person.objects.filter(pk=there).values_list("merged_into", flat=True)
        there = rows.first()
        found = there or found
    return found


def absorbed_by(person: UUID, alias: str = "default") -> list[UUID]:
    """Every file that a file absorbed, directly or not, in the order of their keys."""
    found: list[UUID] = []
    waiting: Collection[UUID] = [person]
    while waiting:
        rows = Person.objects.using(alias).filter(merged_into__in=waiting)
        waiting = list(rows.order_by("pk").values_list("pk", flat=True))
        found += waiting
    return sorted(found)


def whole(person: UUID, alias: str = "default") -> list[UUID]:
    """A file, then those that it absorbed."""
    return [person, *absorbed_by(person, alias)]


def origins(person: UUID, alias: str = "default") -> dict[UUID, str]:
    """What is said of what came from each file that this one absorbed."""
    keys = absorbed_by(person, alias)
    rows = Merge.objects.using(alias).filter(
        absorbed__in=keys, state__in=(Merge.State.DONE, Merge.State.UNDOING)
    )
    days = dict(rows.order_by("done_at").values_list("absorbed", "done_at"))
    return {key: _came(days.get(key)) for key in keys}


def _came(at: datetime | None) -> str:
    return f"Venu du dossier réuni le {timezone.localtime(at):%d/%m/%Y}" if at else CAME


CAME = "Venu d’un dossier réuni"
