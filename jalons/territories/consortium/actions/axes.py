"""The axes of the territory, and what it means to achieve in a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...actions.steering import Impossible, hold_consortium, of_consortium, told
from ...models import Axis, Territory, YearlyGoal


@dataclass(frozen=True)
class Titled:
    """An axis as the territory words it; `key` is None for a new one."""

    national: str
    title: str
    description: str = ""
    key: UUID | None = None


@transaction.atomic
def set_axes(actor: Actor, wanted: Sequence[Titled]) -> Event:
    """Brings the axes to this list, in this order; those left out are dropped, never deleted.

    Raises Refused; Impossible when none is left, or when one is not the territory's.
    """
    territory = hold_consortium(actor)
    if not wanted:
        raise Impossible("Gardez au moins un axe.")
    current = {axis.pk: axis for axis in Axis.objects.filter(territory=territory, dropped_on=None)}
    if {titled.key for titled in wanted if titled.key} - set(current):
        raise Impossible("Un de ces axes a changé entre-temps : rechargez la page.")
    payload = {"axes": [titled.title for titled in wanted]}
    event = told(actor, "axes_changed", of_consortium(territory), payload)
    for rank, titled in enumerate(wanted, start=1):
        _keep(territory, current, rank, titled)
    dropped = set(current) - {titled.key for titled in wanted}
    Axis.objects.filter(pk__in=dropped).update(dropped_on=clock.today())
    return event


def _keep(territory: Territory, current: dict[UUID, Axis], rank: int, titled: Titled) -> None:
    axis = current.get(titled.key) if titled.key else None
    axis = axis or Axis(id=uuid7(), territory=territory)
    axis.rank, axis.national = rank, titled.national
    axis.title, axis.description = titled.title, titled.description
    axis.save()


@transaction.atomic
def decide_goal(actor: Actor, year: int, persons: int, reason: str = "") -> Event:
    """How many persons to accompany in a year: a new decision, the former ones stay.

    Raises Refused, Impossible.
    """
    territory = hold_consortium(actor)
    if not 0 < persons <= 1_000_000:
        raise Impossible("Écrivez un nombre de personnes, à partir de 1.")
    if abs(year - clock.today().year) > 5:
        raise Impossible("Choisissez une année proche de celle-ci.")
    key = uuid7()
    event = told(actor, "goal_decided", ("yearly_goal", key), {"year": year, "persons": persons})
    YearlyGoal.objects.create(
        id=key,
        territory=territory,
        year=year,
        persons=persons,
        decided_on=clock.today(),
        reason=reason,
    )
    return event
