"""The acts that set up and conduct a consortium: what they change, whom they refuse."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.undo import CannotUndo, undo
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.territories.actions.steering import Impossible
from jalons.territories.consortium.actions import axes, convention, members
from jalons.territories.consortium.actions.change_communes import change_communes, rename_territory
from jalons.territories.consortium.queries import goals, look_alikes, setting_up_facts
from jalons.territories.consortium.setting_up import Facts
from jalons.territories.models import Axis, Convention, Membership, Organization, YearlyGoal
from jalons.territories.structures.actions.edit_organization import (
    Sheet,
    edit_organization,
    mark_sensitive,
)
from tests.territories.consortia import World, a_signed_convention, a_world, national_axes
from tests.worlds import a_territory, an_actor, an_organization, within

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    return a_world()


def kinds(world: World) -> list[str]:
    """What happened since the coordinator was given their mandate."""
    with world.acting():
        told = Event.objects.exclude(kind="territories.mandate_opened").order_by("position")
        return [event.kind for event in told]


def the_convention(world: World, **values: Any) -> convention.Signed:
    known: dict[str, Any] = {
        "title": "Convention",
        "carrier": world.carrier.pk,
        "starts_on": clock.today(),
    }
    return convention.Signed(**known | values)


def titled(*titles: str) -> list[axes.Titled]:
    return [axes.Titled("method", title) for title in titles]


STEERING: list[Callable[[Any, World], Any]] = [
    lambda actor, world: change_communes(actor, ["90032"]),
    lambda actor, world: rename_territory(actor, "Autre nom"),
    lambda actor, world: members.join(actor, world.carrier.pk, clock.today()),
    lambda actor, world: members.leave(actor, world.carrier.pk, clock.today()),
    lambda actor, world: convention.record_convention(actor, the_convention(world)),
    lambda actor, world: convention.correct_convention(actor, uuid4(), the_convention(world)),
    lambda actor, world: axes.set_axes(actor, titled("Un axe")),
    lambda actor, world: axes.decide_goal(actor, clock.today().year, 800),
]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COORDINATOR])
def test_only_a_coordinator_conducts_the_consortium(world: World, role: Role) -> None:
    actor = world.actor(role)
    before = kinds(world)
    with within(world.territory.pk, account=actor.account):
        for act in STEERING:
            with pytest.raises(Refused):
                act(actor, world)
    assert kinds(world) == before


def test_a_coordinator_of_elsewhere_changes_nothing_here(world: World) -> None:
    elsewhere = an_actor(an_organization(a_territory()), Role.COORDINATOR)
    with within(elsewhere.territory or 0, account=elsewhere.account):
        for act in (STEERING[2], STEERING[3]):
            with pytest.raises(Refused):
                act(elsewhere, world)
    assert not Membership.objects.exists()


# The territory


def test_communes_are_added_then_taken_out(world: World) -> None:
    with world.acting():
        added = change_communes(world.coordinator, ["90032", "2A004"])
        world.territory.refresh_from_db()
        assert added
        assert world.territory.communes == ["2A004", "90010", "90032"]
        assert change_communes(world.coordinator, ["90032"]) is None
        change_communes(world.coordinator, removed=["90010", "2A004"])
    world.territory.refresh_from_db()
    assert world.territory.communes == ["90032"]
    assert kinds(world) == ["territories.communes_changed"] * 2


@pytest.mark.parametrize(
    ("added", "removed", "said"),
    [([], ["90010"], "au moins une commune"), (["99999"], [], "n’existe pas")],
)
def test_a_territory_is_never_empty_nor_somewhere_unknown(
    world: World, added: list[str], removed: list[str], said: str
) -> None:
    with world.acting(), pytest.raises(Impossible, match=said):
        change_communes(world.coordinator, added, removed)
    world.territory.refresh_from_db()
    assert world.territory.communes == ["90010"]
    assert kinds(world) == []


def test_a_territory_is_renamed_once(world: World) -> None:
    with world.acting():
        assert rename_territory(world.coordinator, "Pays d’Orbelle")
        assert rename_territory(world.coordinator, "Pays d’Orbelle") is None
    world.territory.refresh_from_db()
    assert world.territory.name == "Pays d’Orbelle"


# Members


def test_a_structure_joins_leaves_and_comes_back(world: World) -> None:
    today = clock.today()
    with world.acting():
        members.join(world.coordinator, world.carrier.pk, today - timedelta(days=10))
        with pytest.raises(Impossible, match="déjà membre"):
            members.join(world.coordinator, world.carrier.pk, today)
        members.leave(world.coordinator, world.carrier.pk, today)
        with pytest.raises(Impossible, match="déjà membre"):
            members.join(world.coordinator, world.carrier.pk, today)
        with pytest.raises(Impossible, match="n’est plus membre"):
            members.leave(world.coordinator, world.carrier.pk, today)
        members.join(world.coordinator, world.carrier.pk, today + timedelta(days=1))
    first, second = Membership.objects.order_by("starts_on")
    assert first.ends_on == second.starts_on == today + timedelta(days=1)
    assert second.ends_on is None


def test_one_does_not_leave_before_having_joined(world: World) -> None:
    today = clock.today()
    with world.acting():
        members.join(world.coordinator, world.carrier.pk, today)
        with pytest.raises(Impossible, match="précéder"):
            members.leave(world.coordinator, world.carrier.pk, today - timedelta(days=1))


def test_who_carries_the_convention_does_not_leave(world: World) -> None:
    a_signed_convention(world)
    with world.acting(), pytest.raises(Impossible, match="porte la convention"):
        members.leave(world.coordinator, world.carrier.pk, clock.today())


def test_leaving_is_undone_unless_the_structure_came_back(world: World) -> None:
    today = clock.today()
    with world.acting():
        members.join(world.coordinator, world.carrier.pk, today)
        undo(world.coordinator, members.leave(world.coordinator, world.carrier.pk, today).pk)
        assert Membership.objects.get().ends_on is None
        left = members.leave(world.coordinator, world.carrier.pk, today)
        members.join(world.coordinator, world.carrier.pk, today + timedelta(days=1))
        with pytest.raises(CannotUndo, match="revenue depuis"):
            undo(world.coordinator, left.pk)


@pytest.mark.parametrize(
    ("name", "siret", "found"),
    [
        ("ccas de belfort", "", True),
        ("CCAS Bélfort", "", False),
        ("Autre nom", "73282932000074", True),
        ("Autre nom", "", False),
    ],
)
def test_structures_that_look_alike_are_proposed(
    world: World, name: str, siret: str, found: bool
) -> None:
    known = an_organization(world.territory, "CCAS de Belfort", siret="73282932000074")
    an_organization(a_territory(), "CCAS de Belfort")
    alike = look_alikes(world.coordinator, name, siret, "")
    assert alike == ([known] if found else [])


def test_the_same_name_in_another_commune_is_another_structure(world: World) -> None:
    an_organization(world.territory, "Centre social", commune="90032")
    assert look_alikes(world.coordinator, "Centre social", "", "90010") == []
    assert len(look_alikes(world.coordinator, "Centre social", "", "90032")) == 1


# The convention


def test_a_convention_is_replaced_the_day_the_next_one_starts(world: World) -> None:
    today = clock.today()
    a_signed_convention(world, today - timedelta(days=400))
    with world.acting():
        said = the_convention(world, publics=["brsa"], last_day=today + timedelta(days=364))
        convention.record_convention(world.coordinator, said)
    first, second = Convention.objects.order_by("starts_on")
    assert first.ends_on == second.starts_on == today
    assert second.last_day == today + timedelta(days=364)
    assert second.publics == ["brsa"]


def test_what_a_convention_cannot_say(world: World) -> None:
    a_signed_convention(world)
    stranger = an_organization(world.territory, "Partenaire")
    today = clock.today()
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"starts_on": today}, "après celle"),
        ({"starts_on": today + timedelta(days=1), "last_day": today}, "après son début"),
        ({"starts_on": today + timedelta(days=1), "carrier": stranger.pk}, "structure membre"),
        ({"starts_on": today + timedelta(days=1), "publics": ["inconnu"]}, "publics"),
    ]
    for values, said in wrong:
        with world.acting(), pytest.raises(Impossible, match=said):
            convention.record_convention(world.coordinator, the_convention(world, **values))
    assert Convention.objects.count() == 1


def test_a_correction_does_not_run_into_another_convention(world: World) -> None:
    today = clock.today()
    a_signed_convention(world, today - timedelta(days=400))
    with world.acting():
        convention.record_convention(world.coordinator, the_convention(world))
        first = Convention.objects.earliest("starts_on")
        said = the_convention(world, starts_on=first.starts_on, title="Corrigée", last_day=today)
        with pytest.raises(Impossible, match="empiètent"):
            convention.correct_convention(world.coordinator, first.pk, said)
        right = the_convention(
            world,
            starts_on=first.starts_on,
            title="Corrigée",
            last_day=today - timedelta(days=1),
        )
        convention.correct_convention(world.coordinator, first.pk, right)
    first.refresh_from_db()
    assert (first.title, first.ends_on) == ("Corrigée", today)


# Axes and goals


def test_axes_are_kept_reworded_added_and_dropped(world: World) -> None:
    first, *others = national_axes(world)
    wanted = [axes.Titled("method", "Le nôtre"), axes.Titled("offer", "Reformulé", "", first.pk)]
    with world.acting():
        axes.set_axes(world.coordinator, wanted)
    kept = Axis.objects.filter(dropped_on=None).order_by("rank")
    assert [axis.title for axis in kept] == ["Le nôtre", "Reformulé"]
    assert kept[1].pk == first.pk
    dropped = Axis.objects.exclude(dropped_on=None)
    assert {axis.pk for axis in dropped} == {axis.pk for axis in others}


def test_an_axis_is_left_and_is_one_s_own(world: World) -> None:
    other = a_world()
    foreign = national_axes(other)[0]
    with world.acting():
        with pytest.raises(Impossible, match="au moins un axe"):
            axes.set_axes(world.coordinator, [])
        with pytest.raises(Impossible, match="rechargez"):
            axes.set_axes(world.coordinator, [axes.Titled("method", "Pris", "", foreign.pk)])
    foreign.refresh_from_db()
    assert foreign.title != "Pris"


def test_the_last_decision_of_a_year_holds(world: World) -> None:
    year = clock.today().year
    with world.acting():
        for persons in (800, 872):
            axes.decide_goal(world.coordinator, year, persons, "Comité de pilotage")
        axes.decide_goal(world.coordinator, year + 1, 900)
    told = [(goal.row.year, goal.row.persons, goal.current) for goal in goals(world.coordinator)]
    assert told == [(year + 1, 900, True), (year, 872, True), (year, 800, False)]


@pytest.mark.parametrize(("years", "persons"), [(0, 0), (0, 1_000_001), (6, 800), (-6, 800)])
def test_a_goal_is_sensible(world: World, years: int, persons: int) -> None:
    with world.acting(), pytest.raises(Impossible):
        axes.decide_goal(world.coordinator, clock.today().year + years, persons)
    assert not YearlyGoal.objects.exists()


def test_the_wizard_reads_what_exists(world: World) -> None:
    assert setting_up_facts(world.coordinator) == Facts(communes=1)
    a_signed_convention(world)
    national_axes(world)
    an_actor(world.carrier)
    with world.acting():
        axes.decide_goal(world.coordinator, clock.today().year, 800)
    expected = Facts(1, 1, convention=True, axes=4, goal=True, actions=0, colleagues=1)
    assert setting_up_facts(world.coordinator) == expected


# Structures


@pytest.mark.parametrize("role", Role)
def test_who_edits_a_structure(world: World, role: Role) -> None:
    """A coordinator and a dispatcher, all of them; a manager, their own."""
    actor = world.actor(role)
    other = an_organization(world.territory, "Partenaire")
    everywhere = role in (Role.COORDINATOR, Role.DISPATCHER)
    with within(world.territory.pk, account=actor.account):
        for held, may in ((world.carrier, everywhere or role == Role.MANAGER), (other, everywhere)):
            said = Sheet(f"Renommée par {role}", "ASSOCIATION")
            if may:
                assert edit_organization(actor, held.pk, said)
                mark_sensitive(actor, held.pk, True, "Son nom dit trop")
            else:
                with pytest.raises(Refused):
                    edit_organization(actor, held.pk, said)
                with pytest.raises(Refused):
                    mark_sensitive(actor, held.pk, True, "Son nom dit trop")


def test_what_is_emptied_on_screen_is_emptied(world: World) -> None:
    with world.acting():
        full = Sheet("CCAS", "CCAS", "73282932000074", "Accueil", ["+33639980012"])
        assert edit_organization(world.coordinator, world.carrier.pk, full)
        assert edit_organization(world.coordinator, world.carrier.pk, full) is None
        assert edit_organization(world.coordinator, world.carrier.pk, Sheet("Éts", "CCAS"))
    held = Organization.objects.get(pk=world.carrier.pk)
    assert (held.siret, held.description, held.phones) == ("", "", [])
    assert held.sort_key == "ets"


def test_a_siret_is_one_structure_s(world: World) -> None:
    an_organization(world.territory, "Autre", siret="73282932000074")
    said = Sheet("Département", "DEPT", "73282932000074")
    with world.acting(), pytest.raises(Impossible, match="déjà ce SIRET"):
        edit_organization(world.coordinator, world.carrier.pk, said)


def test_a_structure_becomes_sensitive_once(world: World) -> None:
    with world.acting():
        mark_sensitive(world.coordinator, world.carrier.pk, True, "Centre d’addictologie")
        with pytest.raises(Impossible, match="déjà ainsi"):
            mark_sensitive(world.coordinator, world.carrier.pk, True, "Encore")
    assert kinds(world) == ["territories.sensitive_changed"]
