"""What the deployment calendar reads: its axes, their actions, the milestones by quarter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from jalons.access.actor import Actor
from jalons.kernel import clock

from ..actors import names_of
from ..models import Action, Axis, Membership, Milestone, Organization
from ..queries import mandates_of_territory
from .rules import (
    Bar,
    Dates,
    bar,
    days_late,
    milestone_standing,
    place_in_year,
    quarter,
    span,
    standing,
    years,
)

QUARTERS = (
    "Janvier à mars",
    "Avril à juin",
    "Juillet à septembre",
    "Octobre à décembre",
)


@dataclass(frozen=True)
class Dot:
    """A milestone on the line of its action: where it stands in the year."""

    left: float
    standing: str


@dataclass(frozen=True)
class ActionLine:
    """An action as the calendar shows it; `bar` is None outside the year."""

    key: UUID
    title: str
    owner: str
    organization: str
    dates: Dates
    state: str
    standing: str
    late: int
    drop_reason: str
    bar: Bar | None = None
    dots: tuple[Dot, ...] = ()

    @property
    def may_start(self) -> bool:
        return self.state == "planned"

    @property
    def is_open(self) -> bool:
        return self.state in ("planned", "in_progress")


@dataclass(frozen=True)
class MilestoneLine:
    key: UUID
    title: str
    action: str
    due_on: date
    reached_on: date | None
    standing: str


@dataclass(frozen=True)
class AxisGroup:
    title: str
    dropped: bool
    actions: list[ActionLine]


@dataclass(frozen=True)
class Calendar:
    """One year of the deployment."""

    year: int
    years: list[int]
    today: float | None
    axes: list[AxisGroup]
    quarters: list[tuple[str, list[MilestoneLine]]]
    empty: bool
    late: int

    @property
    def has_milestones(self) -> bool:
        return any(found for _, found in self.quarters)


def calendar(actor: Actor, year: int | None) -> Calendar:
    """The calendar of a year, the present one when none is said; three queries."""
    today = clock.today()
    actions, milestones = _actions(actor), _milestones(actor)
    spans = [span(dates_of(action), today) for action in actions]
    known = years([*spans, *((each.due_on, each.due_on) for each in milestones)], today)
    shown = year if year in known else today.year
    groups = _groups(actor, actions, milestones, shown, today)
    return Calendar(
        shown,
        known,
        place_in_year(today, shown) if today.year == shown else None,
        groups,
        _by_quarter(milestones, shown, today),
        not actions and not milestones,
        sum(line.standing == "late" for group in groups for line in group.actions),
    )


def lines(actor: Actor) -> list[tuple[str, ActionLine]]:
    """Every action under the title of its axis, in the calendar's order: what a file holds."""
    today = clock.today()
    return [(action.axis.title, _line(action, today)) for action in _actions(actor)]


def milestone_lines(actor: Actor) -> list[MilestoneLine]:
    today = clock.today()
    return [_milestone(each, today) for each in _milestones(actor)]


def action(actor: Actor, key: UUID) -> Action | None:
    found = Action.objects.filter(pk=key, territory=actor.territory)
    return found.select_related("axis").first()


def milestone(actor: Actor, key: UUID) -> Milestone | None:
    return Milestone.objects.filter(pk=key, territory=actor.territory).first()


def open_actions(actor: Actor) -> list[Action]:
    """Those to which a milestone may belong, by title."""
    found = Action.objects.filter(territory=actor.territory, dropped_on=None)
    return list(found.order_by("title", "id"))


def axes_for(actor: Actor, held: Action | None = None) -> list[Axis]:
    """The axes under which an action may stand: those in force, and its own."""
    kept = Q(dropped_on=None) | Q(pk=held.axis_id if held else None)
    found = Axis.objects.filter(kept, territory=actor.territory)
    return list(found.order_by("rank", "id"))


def organizations_for(actor: Actor, held: Action | None = None) -> list[Organization]:
    """The members of today, and the one that an action already has; one query."""
    running = Membership.objects.filter(territory=actor.territory, ends_on=None)
    kept = Q(pk__in=running.values("organization"))
    kept |= Q(pk=held.organization_id if held else None)
    found = Organization.objects.filter(kept, territory=actor.territory)
    return list(found.order_by("sort_key", "id"))


def professionals_for(actor: Actor, held: Action | None = None) -> list[tuple[UUID, str]]:
    """Who may be responsible for an action, and who is: key and name, by name; two queries."""
    assert actor.territory
    mandates = mandates_of_territory(actor.territory, clock.today())
    keys = {mandate.account_id for mandate in mandates}
    if held and held.owner_id:
        keys.add(held.owner_id)
    return sorted(names_of(keys).items(), key=lambda pair: (pair[1], pair[0]))


def dates_of(action: Action) -> Dates:
    return Dates(
        action.starts_on, action.due_on, action.started_on, action.done_on, action.dropped_on
    )


def _actions(actor: Actor) -> list[Action]:
    found = Action.objects.filter(territory=actor.territory)
    rows = found.select_related("axis", "organization", "owner")
    return list(rows.order_by("axis__rank", "axis_id", "starts_on", "id"))


def _milestones(actor: Actor) -> list[Milestone]:
    found = Milestone.objects.filter(territory=actor.territory, dropped_on=None)
    return list(found.select_related("action").order_by("due_on", "id"))


def _groups(
    actor: Actor, actions: list[Action], milestones: list[Milestone], year: int, today: date
) -> list[AxisGroup]:
    axes = Axis.objects.filter(territory=actor.territory).order_by("rank", "id")
    groups = []
    for axis in axes:
        own = [action for action in actions if action.axis_id == axis.pk]
        found = [_line(action, today, year, milestones) for action in own]
        shown = [line for line in found if line.bar]
        if shown or not axis.dropped_on:
            groups.append(AxisGroup(axis.title, bool(axis.dropped_on), shown))
    return groups


def _line(
    action: Action, today: date, year: int | None = None, milestones: Iterable[Milestone] = ()
) -> ActionLine:
    dates = dates_of(action)
    return ActionLine(
        action.pk,
        action.title,
        action.owner.full_name if action.owner else "",
        action.organization.name if action.organization else "",
        dates,
        action.state,
        standing(dates, today),
        days_late(dates, today),
        action.drop_reason,
        bar(dates, year, today) if year else None,
        tuple(_dots(action, milestones, year, today)) if year else (),
    )


def _dots(action: Action, milestones: Iterable[Milestone], year: int, today: date) -> Iterable[Dot]:
    for each in milestones:
        if each.action_id == action.pk and each.due_on.year == year:
            left = place_in_year(each.due_on, year)
            yield Dot(left, milestone_standing(each.due_on, each.reached_on, today))


def _by_quarter(
    milestones: list[Milestone], year: int, today: date
) -> list[tuple[str, list[MilestoneLine]]]:
    own = [each for each in milestones if each.due_on.year == year]
    return [
        (label, [_milestone(each, today) for each in own if quarter(each.due_on) == number])
        for number, label in enumerate(QUARTERS, start=1)
    ]


def _milestone(each: Milestone, today: date) -> MilestoneLine:
    return MilestoneLine(
        each.pk,
        each.title,
        each.action.title if each.action else "",
        each.due_on,
        each.reached_on,
        milestone_standing(each.due_on, each.reached_on, today),
    )
