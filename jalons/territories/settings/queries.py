"""What the pages of the settings show."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.access.identity import names_of
from jalons.journal.models import Event, Payload
from jalons.journal.payloads import opened
from jalons.kernel import clock

from .. import settings
from ..models import SettingValue, Territory
from ..rules import counts, in_force, upcoming
from . import Group, Setting
from .values import said

LONGEST_HISTORY = 30


@dataclass(frozen=True)
class Line:
    """A setting as a territory has it today; `since` is empty while the default was never left."""

    setting: Setting
    value: str
    default: str
    is_default: bool
    since: date | None
    next_value: str
    next_on: date | None
    next_key: UUID | None


def lines(actor: Actor) -> list[tuple[Group, list[Line]]]:
    """Every setting of the actor's territory, by group; one query."""
    territory = territory_of(actor)
    recorded = settings.recorded(territory)
    return [
        (group, [line(one, recorded.get(one.key, []), territory) for one in found])
        for group, found in settings.by_group().items()
    ]


def territory_of(actor: Actor) -> int:
    """Raises Refused."""
    if actor.territory is None:
        raise Refused("Choisissez d’abord un territoire.")
    return actor.territory


def line(setting: Setting, rows: list[SettingValue], territory: int) -> Line:
    today = clock.today()
    held, following = in_force(rows, today), upcoming(rows, today)
    value = settings.value_of(setting, rows, today)
    return Line(
        setting,
        said(setting, value, territory),
        said(setting, setting.default, territory),
        value == setting.default,
        held.starts_on if held else None,
        _said(setting, following) if following else "",
        following.starts_on if following else None,
        following.pk if following else None,
    )


def _said(setting: Setting, row: SettingValue) -> str:
    value = setting.default if row.value is None else row.value
    return said(setting, value, row.territory_id)


@dataclass(frozen=True)
class Past:
    """A recorded change: from when, by whom, why, and whether it still counts or was withdrawn."""

    value: str
    to_default: bool
    starts_on: date
    withdrawn_on: date | None
    counted: bool
    at: datetime
    name: str
    reason: str


def history(actor: Actor, setting: Setting) -> list[Past]:
    """The last changes of a setting, the latest first; four queries, whatever their number."""
    rows = settings.recorded(territory_of(actor)).get(setting.key, [])
    rows = sorted(rows, key=lambda row: (row.recorded_at, row.id), reverse=True)[:LONGEST_HISTORY]
    told = _told(actor, rows) if rows else {}
    return [
        Past(
            _said(setting, row),
            row.value is None,
            row.starts_on,
            row.withdrawn_on,
            row.withdrawn_on is None or counts(row, row.starts_on),
            row.recorded_at,
            *told.get(row.pk, ("", "")),
        )
        for row in rows
    ]


def _told(actor: Actor, rows: list[SettingValue]) -> dict[UUID, tuple[str, str]]:
    """Who recorded each row, and why."""
    events = list(
        Event.objects.filter(
            territory=actor.territory,
            kind="territories.setting_changed",
            object_key__in=[row.pk for row in rows],
        )
    )
    bodies = dict(
        Payload.objects.filter(pk__in=[event.pk for event in events]).values_list("pk", "body")
    )
    names = names_of({event.account for event in events if event.account})
    return {
        event.object_key: (
            names.get(event.account, "") if event.account else "",
            str(opened(event, bytes(bodies[event.pk])).data["reason"])
            if event.pk in bodies
            else "",
        )
        for event in events
        if event.object_key
    }


@dataclass(frozen=True)
class Installed:
    """A setting of the installation: its default, and the territories that left it."""

    setting: Setting
    default: str
    elsewhere: list[tuple[str, str]]


def installed() -> list[tuple[Group, list[Installed]]]:
    """Every setting with what the territories have today; two queries."""
    names = dict(Territory.objects.order_by("name").values_list("pk", "name"))
    known: dict[str, dict[int, list[SettingValue]]] = {}
    for row in SettingValue.objects.order_by("key", "starts_on", "recorded_at", "id"):
        known.setdefault(row.key, {}).setdefault(row.territory_id, []).append(row)
    return [
        (group, [_installed(one, known.get(one.key, {}), names) for one in found])
        for group, found in settings.by_group().items()
    ]


def _installed(
    setting: Setting, rows: dict[int, list[SettingValue]], names: dict[int, str]
) -> Installed:
    today = clock.today()
    values = {key: settings.value_of(setting, rows.get(key, ()), today) for key in names}
    left = [
        (names[key], said(setting, value, key))
        for key, value in values.items()
        if value != setting.default
    ]
    return Installed(setting, said(setting, setting.default, None), left)
