"""Settings: declared once, dated, and a past day keeps the value that it had."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.roles import Role
from jalons.access.undo import DELAY, CannotUndo, undo
from jalons.journal.models import Event
from jalons.journal.payloads import disclose
from jalons.kernel import clock
from jalons.territories import settings
from jalons.territories.models import SettingValue, Territory
from jalons.territories.rules import in_force, upcoming
from jalons.territories.settings import DECLARED, Kind, Setting
from jalons.territories.settings.actions.change_setting import (
    AlreadyInForce,
    Change,
    change_setting,
    withdraw_setting,
)
from jalons.territories.settings.values import Unacceptable, accepted, said
from tests.worlds import a_setting, a_territory, an_actor, an_organization, within

KEY = "attention.no_referent"
FIRST = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class Row:
    id: int
    value: int
    starts_on: date
    recorded_at: datetime
    withdrawn_on: date | None = None


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def at(number: int) -> datetime:
    return NOON + timedelta(days=number)


DECISIONS = st.lists(
    st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 5), st.integers(0, 9)), max_size=8
)
"""Change or withdraw; how many days later; from how many days ahead (or which row); the value."""


@given(DECISIONS)
def test_a_past_day_keeps_the_value_that_it_had(
    decisions: list[tuple[bool, int, int, int]],
) -> None:
    """What was read at the end of each day is what is read of it after all that follows."""
    rows: list[Row] = []
    observed: dict[int, Row | None] = {}
    today = 0
    for changes, later, ahead, value in decisions:
        for passed in range(today, today + later):
            found = in_force(rows, day(passed))
            observed[passed] = replace(found) if found else None
        today += later
        if changes:
            rows.append(Row(len(rows), value, day(today + ahead), at(today)))
        elif rows:
            row = rows[ahead % len(rows)]
            row.withdrawn_on = row.withdrawn_on or day(today)
    for number, known in observed.items():
        found = in_force(rows, day(number))
        assert (found and found.id) == (known and known.id), number


@given(DECISIONS)
def test_the_next_change_is_the_one_that_will_hold(
    decisions: list[tuple[bool, int, int, int]],
) -> None:
    rows = [
        Row(number, value, day(ahead), at(0), day(later) if not counted else None)
        for number, (counted, later, ahead, value) in enumerate(decisions)
    ]
    following = upcoming(rows, day(1))
    starts = sorted({row.starts_on for row in rows if row.withdrawn_on is None} - {day(0), day(1)})
    assert (following.starts_on if following else None) == (starts[0] if starts else None)
    assert following is None or following.withdrawn_on is None


@pytest.fixture
def territory(db: None) -> Territory:
    return a_territory()


@pytest.fixture
def coordinator(territory: Territory) -> Actor:
    return an_actor(an_organization(territory), Role.COORDINATOR)


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def change(actor: Actor, value: Any, ahead: int = 0, key: str = KEY) -> Event:
    starts_on = clock.today() + timedelta(days=ahead)
    with as_(actor):
        return change_setting(actor, Change(key, value, starts_on, "Décidé en comité"))


def value(territory: Territory, ahead: int = 0, key: str = KEY) -> Any:
    with within(territory.pk):
        return settings.value(territory.pk, key, clock.today() + timedelta(days=ahead))


@pytest.mark.django_db
@limits(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_sql_says_the_same(data: Any) -> None:
    draw, count = data.draw, data.draw(st.integers(0, 5))
    with within():
        territory = a_territory(f"monde-{uuid4().hex[:8]}")
    for _ in range(count):
        ends = draw(st.none() | st.integers(-3, 3))
        a_setting(
            territory,
            KEY,
            draw(st.none() | st.integers(0, 30)),
            starts_on=day(draw(st.integers(-3, 3))),
            recorded_at=at(draw(st.integers(-1, 1))),
            withdrawn_on=None if ends is None else day(ends),
        )
    asked = day(draw(st.integers(-3, 3)))
    with within(territory.pk):
        number = settings.number_in_sql(settings.declared(KEY), asked, territory.pk)
        found = Territory.objects.filter(pk=territory.pk).values_list(number, flat=True).get()
        assert found == settings.value(territory.pk, KEY, asked)


def test_the_default_holds_until_something_is_recorded(territory: Territory) -> None:
    assert value(territory) == 7
    with pytest.raises(settings.UnknownSetting):
        value(territory, key="attention.nothing")


def test_one_query_for_all_the_settings_of_a_territory(territory: Territory) -> None:
    a_setting(territory, KEY, 3, starts_on=FIRST)
    with within(territory.pk), CaptureQueriesContext(connection) as captured:
        found = [settings.value(territory.pk, key, clock.today()) for key in DECLARED]
    assert 3 in found
    assert len(captured) == 1


def test_nothing_is_remembered_after_the_context(territory: Territory) -> None:
    assert value(territory) == 7
    a_setting(territory, KEY, 3, starts_on=FIRST)
    assert value(territory) == 3


def test_a_change_holds_from_its_day(territory: Territory, coordinator: Actor) -> None:
    event = change(coordinator, 10, ahead=5)
    assert [value(territory, ahead) for ahead in (0, 4, 5, 50)] == [7, 7, 10, 10]
    with as_(coordinator):
        content = disclose(event)
    assert content
    assert content.data["reason"] == "Décidé en comité"
    assert (content.data["value"], content.data["key"]) == (10, KEY)


def test_the_default_comes_back(territory: Territory, coordinator: Actor) -> None:
    change(coordinator, 10)
    change(coordinator, None, ahead=2)
    assert [value(territory, ahead) for ahead in (0, 1, 2)] == [10, 10, 7]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": -1}, "value"),
        ({"value": 366}, "value"),
        ({"value": "10"}, "value"),
        ({"value": True}, "value"),
        ({"value": 7}, "value"),
        ({"value": None}, "value"),
        ({"starts_on": FIRST - timedelta(days=1)}, "starts_on"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_what_a_change_does_not_take(
    coordinator: Actor, clock_at: Callable[[datetime], None], wrong: dict[str, Any], field: str
) -> None:
    clock_at(NOON)
    right = Change(KEY, 10, FIRST, "Décidé en comité")
    with as_(coordinator), pytest.raises(ValidationError) as refused:
        change_setting(coordinator, replace(right, **wrong))
    assert set(refused.value.message_dict) == {field}
    with as_(coordinator):
        assert not SettingValue.objects.exists()
        change_setting(coordinator, right)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_the_other_roles_change_nothing(territory: Territory, role: Role) -> None:
    actor = replace(an_actor(an_organization(territory)), role=role)
    planned = a_setting(territory, KEY, 3, starts_on=clock.today() + timedelta(days=9))
    with pytest.raises(Refused):
        change(actor, 10)
    with as_(actor), pytest.raises(Refused):
        withdraw_setting(actor, planned.pk)


def test_another_territory_s_coordinator_changes_nothing_here(coordinator: Actor) -> None:
    planned = a_setting(a_territory(), KEY, 3, starts_on=clock.today() + timedelta(days=9))
    for key in (planned.pk, uuid4()):
        with as_(coordinator), pytest.raises(Refused):
            withdraw_setting(coordinator, key)


def test_a_planned_change_is_given_up(territory: Territory, coordinator: Actor) -> None:
    planned = change(coordinator, 10, ahead=5)
    assert planned.object_key
    with as_(coordinator):
        event = withdraw_setting(coordinator, planned.object_key)
        assert value(territory, 5) == 7
        with pytest.raises(AlreadyInForce):
            withdraw_setting(coordinator, planned.object_key)
        undo(coordinator, event.pk)
    assert value(territory, 5) == 10


def test_what_has_begun_is_not_given_up(coordinator: Actor) -> None:
    begun = change(coordinator, 10)
    assert begun.object_key
    with as_(coordinator), pytest.raises(AlreadyInForce):
        withdraw_setting(coordinator, begun.object_key)


def test_a_change_is_undone_and_the_day_before_keeps_it(
    territory: Territory, coordinator: Actor, clock_at: Callable[[datetime], None]
) -> None:
    midnight = datetime(2026, 3, 2, 22, 58, tzinfo=UTC)
    clock_at(midnight)
    event = change(coordinator, 10)
    clock_at(midnight + timedelta(minutes=4))
    with as_(coordinator):
        undo(coordinator, event.pk)
    assert [value(territory, ahead) for ahead in (-1, 0)] == [10, 7]


def test_a_change_is_undone_once_within_ten_minutes(
    coordinator: Actor, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(NOON)
    event = change(coordinator, 10)
    clock_at(NOON + DELAY + timedelta(seconds=1))
    with as_(coordinator), pytest.raises(CannotUndo, match="dix minutes"):
        undo(coordinator, event.pk)


def test_a_withdrawal_is_not_undone_after_its_day(
    coordinator: Actor, clock_at: Callable[[datetime], None]
) -> None:
    """Its first day would have passed without it."""
    late = datetime(2026, 3, 2, 22, 58, tzinfo=UTC)
    clock_at(late)
    planned = change(coordinator, 10, ahead=1)
    assert planned.object_key
    with as_(coordinator):
        event = withdraw_setting(coordinator, planned.object_key)
        clock_at(late + timedelta(minutes=4))
        undo(coordinator, event.pk)
        assert settings.value(coordinator.territory or 0, KEY, clock.today()) == 10


CODES = Setting(
    "test.codes", "Publics", "", Kind.CODES, [], settings.Group.FOLLOW_UP, list="public"
)
SWITCH = Setting("test.switch", "Rappels", "", Kind.SWITCH, False, settings.Group.FOLLOW_UP)
SHARE = Setting("test.share", "Part", "", Kind.PERCENTAGE, 30, settings.Group.FOLLOW_UP, most=100)


@pytest.mark.parametrize(
    ("setting", "right", "text", "wrong"),
    [
        (CODES, ["brsa", "deld"], "", [["nulle_part"], ["brsa", "brsa"], "brsa", 3]),
        (SWITCH, True, "oui", ["oui", 1, []]),
        (SHARE, 100, "100 %", [101, -1, 1.5, True]),
    ],
)
def test_each_kind_takes_its_own_values(
    territory: Territory, setting: Setting, right: Any, text: str, wrong: list[Any]
) -> None:
    accepted(setting, right, territory.pk)
    accepted(setting, None, territory.pk)
    assert said(setting, right, territory.pk).startswith(text)
    for value in wrong:
        with pytest.raises(Unacceptable):
            accepted(setting, value, territory.pk)


def test_what_is_declared_holds_together() -> None:
    for setting in DECLARED.values():
        accepted(setting, setting.default, 0)
        assert setting.label
        assert setting.help.endswith(".")
    with pytest.raises(ValueError, match="twice"):
        settings.declare(settings.declared(KEY))
    assert settings.declared("people.handover_overlap").default == 15
    targets = [one.default for key, one in sorted(DECLARED.items()) if key.startswith("targets.")]
    assert sorted(targets) == [10, 10, 15, 30, 30, 45, 60]


def test_keys_are_no_other_rows(territory: Territory, coordinator: Actor) -> None:
    change(coordinator, 10)
    with as_(coordinator):
        row: UUID = SettingValue.objects.get().pk
        event = Event.objects.get(kind="territories.setting_changed")
    assert (event.object_kind, event.object_key) == ("setting", row)
