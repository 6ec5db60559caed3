"""How many persons each structure and each professional follows; no person is named or read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from jalons.kernel import clock

from ..circle import active_follow_ups


@dataclass(frozen=True)
class Load:
    """Persons followed on the day, and those among them whose référent one is."""

    followed: int = 0
    referent: int = 0


NONE = Load()
Post = tuple[UUID, UUID]
"""A structure and a professional of it."""


def loads_of_organizations(organizations: Iterable[UUID]) -> Mapping[UUID, Load]:
    """The persons that each structure follows today, each counted once; one query."""
    rows = _counted(organizations, "organization")
    return {key: Load(followed, referent) for key, followed, referent in rows}


def loads_of_professionals(organizations: Iterable[UUID]) -> Mapping[Post, Load]:
    """The persons that each professional follows today in these structures; one query."""
    rows = _counted(organizations, "organization", "account")
    return {(place, key): Load(followed, referent) for place, key, followed, referent in rows}


def _counted(organizations: Iterable[UUID], *columns: str) -> Iterable[tuple[Any, ...]]:
    running = active_follow_ups(clock.today()).filter(
        read_only=False, organization__in=list(organizations)
    )
    grouped = (
        running.order_by()
        .values(*columns)
        .annotate(
            followed=Count("person", distinct=True),
            led=Count("person", distinct=True, filter=Q(role="referent")),
        )
    )
    return list(grouped.values_list(*columns, "followed", "led"))
