"""Which files were made one: the last file that one leads to, those that a file absorbed."""

from collections.abc import Collection
from uuid import UUID

from ..circle import Circle
from ..models import Person


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
