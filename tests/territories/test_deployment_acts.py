"""The acts of the deployment calendar and of the places of reception."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from jalons.access import transitions
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.undo import CannotUndo, undo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.actions.steering import Impossible
from jalons.territories.calendar import queries
from jalons.territories.calendar.actions import plan, progress
from jalons.territories.consortium.proposals import ACTIONS
from jalons.territories.models import Action, Milestone, OpeningHours, Reception
from jalons.territories.structures.actions import places
from tests.territories.consortia import World, a_calendar, a_place, a_world, national_axes
from tests.worlds import an_organization, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def planned(world: World, **values: Any) -> plan.Planned:
    today = clock.today()
    known: dict[str, Any] = {
        "axis_id": national_axes(world)[0].pk,
        "title": "Ouvrir la cellule",
        "starts_on": today,
        "due_on": today + timedelta(days=30),
    }
    return plan.Planned(**known | values)


ACTS: list[Callable[[Any, World], Any]] = [
    lambda actor, world: plan.add_action(actor, planned(world)),
    lambda actor, world: plan.change_action(actor, uuid4(), planned(world)),
    lambda actor, world: plan.add_milestone(actor, plan.Expected("Jalon", clock.today())),
    lambda actor, world: plan.change_milestone(actor, uuid4(), plan.Expected("J", clock.today())),
    lambda actor, world: plan.keep_proposals(actor, ACTIONS, clock.today()),
    lambda actor, world: progress.start(actor, uuid4()),
    lambda actor, world: progress.finish(actor, uuid4()),
    lambda actor, world: progress.drop(actor, uuid4(), "Sans objet"),
    lambda actor, world: progress.reach(actor, uuid4()),
]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_a_coordinator_writes_the_calendar(world: World, role: Role) -> None:
    actor = world.actor(role)
    with within(world.territory.pk, account=actor.account):
        for act in ACTS:
            with pytest.raises(Refused):
                act(actor, world)
    assert not Action.objects.exists()
    assert not Milestone.objects.exists()


def test_nothing_of_another_territory_is_changed(world: World) -> None:
    actions, milestones = a_calendar(a_world())
    said = planned(world)
    with world.acting():
        acts: list[Callable[[], Any]] = [
            lambda: plan.change_action(world.coordinator, actions[0].pk, said),
            lambda: progress.start(world.coordinator, actions[0].pk),
            lambda: progress.finish(world.coordinator, actions[0].pk),
            lambda: progress.drop(world.coordinator, actions[0].pk, "Sans objet"),
            lambda: progress.reach(world.coordinator, milestones[0].pk),
            lambda: plan.add_milestone(
                world.coordinator, plan.Expected("Jalon", clock.today(), actions[0].pk)
            ),
        ]
        for act in acts:
            with pytest.raises(Refused):
                act()
    assert queries.action(world.coordinator, actions[0].pk) is None
    assert queries.milestone(world.coordinator, milestones[0].pk) is None


def test_an_action_is_added_then_changed(world: World) -> None:
    said = planned(world, organization_id=world.carrier.pk, owner_id=world.coordinator.account)
    with world.acting():
        key = plan.add_action(world.coordinator, said).object_key
        changed = planned(world, title="Réunir la cellule")
        assert key
        plan.change_action(world.coordinator, key, changed)
    held = Action.objects.get()
    assert (held.title, held.organization, held.owner) == ("Réunir la cellule", None, None)


def test_what_an_action_cannot_be(world: World) -> None:
    foreign = a_world()
    today = clock.today()
    wrong: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"due_on": today - timedelta(days=1)}, Impossible),
        ({"axis_id": national_axes(foreign)[0].pk}, Refused),
        ({"organization_id": foreign.carrier.pk}, Refused),
        ({"owner_id": foreign.coordinator.account}, Impossible),
    ]
    with world.acting():
        for values, error in wrong:
            with pytest.raises(error):
                plan.add_action(world.coordinator, planned(world, **values))
    assert not Action.objects.exists()


def test_proposals_go_under_the_axis_of_their_own(world: World) -> None:
    start = date(2026, 3, 1)
    actions, milestones = a_calendar(world, start)
    assert len(actions) == len(ACTIONS)
    by_title = {action.title: action for action in actions}
    for proposed in ACTIONS:
        action = by_title[proposed.title]
        assert action.axis.national == proposed.national
        assert action.starts_on == start + timedelta(days=proposed.start)
    assert len(milestones) == sum(len(proposed.milestones) for proposed in ACTIONS)
    assert all(stone.due_on >= start for stone in milestones)


def test_proposals_need_an_axis_and_one_action(world: World) -> None:
    with world.acting():
        with pytest.raises(Impossible, match="les axes"):
            plan.keep_proposals(world.coordinator, ACTIONS, clock.today())
        national_axes(world)
        with pytest.raises(Impossible, match="au moins une action"):
            plan.keep_proposals(world.coordinator, [], clock.today())


@pytest.mark.parametrize("act", ["start", "finish", "drop"])
def test_each_act_is_undone_by_its_author(world: World, act: str) -> None:
    action = a_calendar(world)[0][0]
    acts = {"start": progress.start, "finish": progress.finish}
    with world.acting():
        event = (
            acts[act](world.coordinator, action.pk)
            if act in acts
            else progress.drop(world.coordinator, action.pk, "Sans objet")
        )
        action.refresh_from_db()
        assert action.state == {"start": "in_progress", "finish": "done", "drop": "dropped"}[act]
        undo(world.coordinator, event.pk)
        with pytest.raises(CannotUndo, match="déjà annulé"):
            undo(world.coordinator, event.pk)
    action.refresh_from_db()
    assert (action.state, action.drop_reason) == ("planned", "")


def test_finishing_what_was_begun_is_undone_to_begun(world: World) -> None:
    action = a_calendar(world)[0][0]
    with world.acting():
        begun = progress.start(world.coordinator, action.pk)
        over = progress.finish(world.coordinator, action.pk)
        with pytest.raises(CannotUndo, match="a changé depuis"):
            undo(world.coordinator, begun.pk)
        undo(world.coordinator, over.pk)
    action.refresh_from_db()
    assert action.state == "in_progress"


def test_an_act_is_no_longer_undone_after_ten_minutes(
    world: World, clock_at: Callable[[datetime], None]
) -> None:
    action = a_calendar(world)[0][0]
    with world.acting():
        event = progress.start(world.coordinator, action.pk)
        clock_at(clock.now() + timedelta(minutes=11))
        with pytest.raises(CannotUndo, match="dix minutes"):
            undo(world.coordinator, event.pk)


def test_what_is_over_is_not_done_again(world: World) -> None:
    action = a_calendar(world)[0][0]
    with world.acting():
        progress.drop(world.coordinator, action.pk, "Sans objet")
        for act in (progress.start, progress.finish):
            with pytest.raises(transitions.Impossible, match="abandonnée"):
                act(world.coordinator, action.pk)


def test_a_milestone_is_reached_once_and_undone(world: World) -> None:
    stone = a_calendar(world)[1][0]
    with world.acting():
        event = progress.reach(world.coordinator, stone.pk)
        with pytest.raises(transitions.Impossible, match="atteint"):
            progress.reach(world.coordinator, stone.pk)
        stone.refresh_from_db()
        assert stone.reached_on == clock.today()
        undo(world.coordinator, event.pk)
    stone.refresh_from_db()
    assert stone.reached_on is None


def test_the_calendar_shows_its_year_and_what_is_late(
    world: World, clock_at: Callable[[datetime], None]
) -> None:
    now = clock.now()
    a_calendar(world, now.date() - timedelta(days=30))
    clock_at(now)
    found = queries.calendar(world.coordinator, None)
    assert found.year == now.year
    assert found.late == 1
    assert [len(lines) for _, lines in found.quarters] != [0, 0, 0, 0]
    unknown = queries.calendar(world.coordinator, 1900)
    assert unknown.year == now.year
    assert queries.calendar(world.coordinator, found.years[-1]).year == found.years[-1]


def test_an_empty_calendar_says_so(world: World) -> None:
    assert queries.calendar(world.coordinator, None).empty


# Places of reception

MONDAY = {1: [(time(9), time(12)), (time(13, 30), time(17))]}


@pytest.mark.parametrize("role", Role)
def test_who_describes_the_places_of_a_structure(world: World, role: Role) -> None:
    actor = world.actor(role)
    other = an_organization(world.territory, "Partenaire")
    everywhere = role in (Role.COORDINATOR, Role.DISPATCHER)
    with within(world.territory.pk, account=actor.account):
        for held, may in ((world.carrier, everywhere or role == Role.MANAGER), (other, everywhere)):
            said = places.Described("Antenne")
            if may:
                key = places.add_place(actor, held.pk, said).object_key
                assert key
                places.change_place(actor, held.pk, key, said)
                places.close_place(actor, held.pk, key)
            else:
                with pytest.raises(Refused):
                    places.add_place(actor, held.pk, said)


def test_a_place_is_described_changed_closed_and_reopened(world: World) -> None:
    place = a_place(world, hours=MONDAY, phones=["+33639980012"])
    assert OpeningHours.objects.count() == 2
    with world.acting():
        said = places.Described("Antenne sud", hours={2: [(time(9), time(12))]})
        places.change_place(world.coordinator, world.carrier.pk, place.pk, said)
        assert [row.weekday for row in OpeningHours.objects.all()] == [2]
        event = places.close_place(world.coordinator, world.carrier.pk, place.pk)
        with pytest.raises(Impossible, match="fermé"):
            places.close_place(world.coordinator, world.carrier.pk, place.pk)
        with pytest.raises(Impossible, match="fermé"):
            places.change_place(world.coordinator, world.carrier.pk, place.pk, said)
        undo(world.coordinator, event.pk)
    place = Reception.objects.get()
    assert (place.name, place.phones, place.closed_on) == ("Antenne sud", [], None)


def test_a_place_of_another_structure_is_not_changed(world: World) -> None:
    other = an_organization(world.territory, "Partenaire")
    place = a_place(world)
    with world.acting(), pytest.raises(Refused):
        places.close_place(world.coordinator, other.pk, place.pk)


def test_a_refused_act_leaves_no_event(world: World) -> None:
    with world.acting():
        before = Event.objects.count()
        with pytest.raises(Refused):
            progress.start(world.coordinator, uuid4())
        assert Event.objects.count() == before
