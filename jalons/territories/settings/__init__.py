"""What a territory may change: each room declares its settings, each territory dates its values.

A value holds from a day on, until a later one. A change is decided for today or later, so a past
day keeps the value that it had.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from jalons.kernel import row_security

from ..models import SettingValue
from ..rules import in_force


class UnknownSetting(LookupError):
    """No room declares a setting of this key."""


class Kind(Enum):
    DAYS = "days"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    CODES = "codes"
    SWITCH = "switch"


COUNTED = frozenset({Kind.DAYS, Kind.NUMBER, Kind.PERCENTAGE})


class Group(Enum):
    """Where a setting stands on the page, in this order."""

    ATTENTION = "Personnes à ne pas oublier"
    TARGETS = "Délais visés"
    FOLLOW_UP = "Suivi des personnes"
    VIGILANCE = "Consultations inhabituelles"
    RETENTION = "Conservation des dossiers"


@dataclass(frozen=True)
class Setting:
    """A value that a territory may change; `label` and `help` are what its page says.

    `least` and `most` bound a number. `list` is the nomenclature list of a choice of codes.
    `source` is the law or the document that the default comes from.
    """

    key: str
    label: str
    help: str
    kind: Kind
    default: Any
    group: Group
    least: int = 0
    most: int = 365
    list: str = ""
    source: str = ""


DECLARED: dict[str, Setting] = {}


def declare(setting: Setting) -> None:
    """Raises ValueError for a key that is taken."""
    if setting.key in DECLARED:
        raise ValueError(f"setting {setting.key!r} is declared twice")
    DECLARED[setting.key] = setting


def declared(key: str) -> Setting:
    """Raises UnknownSetting."""
    try:
        return DECLARED[key]
    except KeyError:
        raise UnknownSetting(key) from None


def by_group() -> Mapping[Group, list[Setting]]:
    """The declared settings of each group that has some, in the order they were declared."""
    found = DECLARED.values()
    groups = {group: [one for one in found if one.group == group] for group in Group}
    return {group: settings for group, settings in groups.items() if settings}


def value(territory: int, key: str, day: date) -> Any:
    """The value of a setting on a day. Raises UnknownSetting."""
    return value_of(declared(key), recorded(territory).get(key, ()), day)


def value_of(setting: Setting, rows: Iterable[SettingValue], day: date) -> Any:
    """The same, among rows already read."""
    found = in_force(rows, day)
    return setting.default if found is None or found.value is None else found.value


def recorded(territory: int) -> dict[str, list[SettingValue]]:
    """What a territory recorded, by key: one query for all, kept until the context ends."""
    memory, name = row_security.memory(), f"settings:{territory}"
    if name not in memory:
        memory[name] = _read(territory)
    found: dict[str, list[SettingValue]] = memory[name]
    return found


def forget(territory: int) -> None:
    """The next question reads the database: something has just changed."""
    row_security.memory().pop(f"settings:{territory}", None)


def _read(territory: int) -> dict[str, list[SettingValue]]:
    found: dict[str, list[SettingValue]] = {}
    rows = SettingValue.objects.filter(territory=territory)
    for row in rows.order_by("key", "starts_on", "recorded_at", "id"):
        found.setdefault(row.key, []).append(row)
    return found


def number_in_sql(setting: Setting, day: date, territory: int | OuterRef | None) -> Combinable:
    """`value` of a number, inside a query; a territory given by its key is read once a query."""
    return own_number_in_sql(setting.key, Value(setting.default), day, territory)


def own_number_in_sql(
    key: str | OuterRef, default: Combinable, day: date, territory: int | OuterRef | None
) -> Combinable:
    """The same where each row names its own setting, by a key and its default."""
    rows = SettingValue.objects.filter(
        SettingValue.counting(day), territory=territory, key=key
    ).order_by("-starts_on", "-recorded_at", "-id")
    number = Func(
        F("value"), template="(%(expressions)s #>> '{}')::integer", output_field=IntegerField()
    )
    return Coalesce(Subquery(rows.values_list(number)[:1]), default)
