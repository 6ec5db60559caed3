"""The deployment calendar is written: actions and milestones added, changed, or proposed."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ...actions.steering import (
    NOT_SHARED,
    Impossible,
    hold_consortium,
    of_consortium,
    own_organization,
    told,
)
from ...consortium.proposals import ProposedAction, dates_of, milestones_of
from ...models import Action, Axis, Milestone, Territory
from ...queries import mandates_of_territory

Row = TypeVar("Row", Action, Milestone)


@dataclass(frozen=True)
class Planned:
    """An action as it is planned, under whose care."""

    axis_id: UUID
    title: str
    starts_on: date
    due_on: date
    description: str = ""
    organization_id: UUID | None = None
    owner_id: UUID | None = None


@dataclass(frozen=True)
class Expected:
    """A milestone; `action_id` None: of the whole deployment."""

    title: str
    due_on: date
    action_id: UUID | None = None


@transaction.atomic
def add_action(actor: Actor, said: Planned) -> Event:
    """Raises Refused, Impossible."""
    territory = hold_consortium(actor)
    _check(actor, territory, said)
    key = uuid7()
    event = told(actor, "action_added", ("action", key), _payload(said))
    Action.objects.create(id=key, territory=territory, **asdict(said))
    return event


@transaction.atomic
def change_action(actor: Actor, key: UUID, said: Planned) -> Event:
    """Changes what is planned, whatever the state. Raises Refused, Impossible."""
    territory = hold_consortium(actor)
    held = _own(Action, territory, key)
    _check(actor, territory, said, held)
    event = told(actor, "action_changed", ("action", key), _payload(said))
    Action.objects.filter(pk=key).update(**asdict(said))
    return event


@transaction.atomic
def add_milestone(actor: Actor, said: Expected) -> Event:
    """Raises Refused."""
    territory = hold_consortium(actor)
    _check_milestone(territory, said)
    key = uuid7()
    event = told(actor, "milestone_added", ("milestone", key), _payload(said))
    Milestone.objects.create(id=key, territory=territory, **asdict(said))
    return event


@transaction.atomic
def change_milestone(actor: Actor, key: UUID, said: Expected) -> Event:
    """Raises Refused."""
    territory = hold_consortium(actor)
    _own(Milestone, territory, key)
    _check_milestone(territory, said)
    event = told(actor, "milestone_changed", ("milestone", key), _payload(said))
    Milestone.objects.filter(pk=key).update(**asdict(said))
    return event


@transaction.atomic
def keep_proposals(actor: Actor, kept: Iterable[ProposedAction], start: date) -> Event:
    """Plans these proposals of the method, from the start of the convention on.

    Each goes under the territory's first axis of its national one, else under the first.
    Raises Refused, Impossible.
    """
    territory = hold_consortium(actor)
    wanted = list(kept)
    axes = list(Axis.objects.filter(territory=territory, dropped_on=None).order_by("rank", "id"))
    if not wanted or not axes:
        raise Impossible(
            "Gardez au moins une action." if axes else "Nommez d’abord les axes du territoire."
        )
    payload = {"kept": [proposed.key for proposed in wanted]}
    event = told(actor, "proposals_kept", of_consortium(territory), payload)
    for proposed in wanted:
        _plan(territory, axes, proposed, start)
    return event


def _plan(territory: Territory, axes: list[Axis], proposed: ProposedAction, start: date) -> None:
    matching = (axis for axis in axes if axis.national == proposed.national)
    starts_on, due_on = dates_of(proposed, start)
    action = Action.objects.create(
        id=uuid7(),
        territory=territory,
        axis=next(matching, axes[0]),
        title=proposed.title,
        starts_on=starts_on,
        due_on=due_on,
    )
    for title, day in milestones_of(proposed, start):
        Milestone.objects.create(
            id=uuid7(), territory=territory, action=action, title=title, due_on=day
        )


def _own(model: type[Row], territory: Territory, key: UUID) -> Row:
    rows = model._default_manager.select_for_update()  # noqa: SLF001 (documented)
    found = rows.filter(pk=key, territory=territory).first()
    if found is None:
        raise Refused(NOT_SHARED)
    return found


def _check(actor: Actor, territory: Territory, said: Planned, held: Action | None = None) -> None:
    if said.due_on < said.starts_on:
        raise Impossible("La fin prévue vient après le début prévu.")
    axes = Axis.objects.filter(pk=said.axis_id, territory=territory)
    if not axes.exists():
        raise Refused(NOT_SHARED)
    if said.organization_id:
        own_organization(actor, said.organization_id)
    if said.owner_id and (held is None or held.owner_id != said.owner_id):
        mandates = mandates_of_territory(territory.pk, clock.today())
        if said.owner_id not in {mandate.account_id for mandate in mandates}:
            raise Impossible("La personne responsable travaille dans le territoire.")


def _check_milestone(territory: Territory, said: Expected) -> None:
    if said.action_id:
        _own(Action, territory, said.action_id)


def _payload(said: Planned | Expected) -> dict[str, Any]:
    return {name: str(value) for name, value in asdict(said).items() if value}
