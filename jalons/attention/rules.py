"""The registry of attention rules: each is one named query that a room registers.

This room knows persons by key only; the home page and « À débloquer » are unions of the rules.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, F, Func, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable, Expression

from jalons.territories.settings import Setting, number_in_sql, own_number_in_sql

from .settings import UNBLOCKING_FACTOR

Rows = QuerySet[Any, Any]
Late = Callable[[date, Combinable], Rows]
Territory = int | OuterRef | None
"""A key (None has no row), or each row's own."""


@dataclass(frozen=True)
class Rule:
    """A reason not to forget somebody.

    `late(day, days)` selects the rows past a threshold of `days` on a day: an expression on its
    rows, whose `territory` is theirs. `key` is their column that holds the person. `setting` is the
    threshold. `unblocks`: a late row stands on « À débloquer » at once; the others join it later
    than their threshold times the unblocking factor. `foreseen`: the threshold counts the days
    before a deadline; nothing is late yet, so nothing ever stands on « À débloquer ».
    `own`: the rows name their setting themselves, by annotations: `own` is its key, `own`_default
    its default.
    `followers_only`: who follows the person mends it; « À débloquer » opens no file for it.
    """

    name: str
    label: str
    setting: Setting
    late: Late
    key: str = "person"
    unblocks: bool = False
    foreseen: bool = False
    own: str = ""
    followers_only: bool = False

    def rows(self, day: date, territory: Territory) -> Rows:
        """The rows past the threshold of their territory: a key, or each row's own (OuterRef)."""
        return self.late(day, self._days(day, territory))

    def to_unblock(self, day: date, territory: Territory) -> Rows:
        """The rows that stand on « À débloquer »."""
        if self.unblocks:
            return self.rows(day, territory)
        factor = number_in_sql(UNBLOCKING_FACTOR, day, territory)
        return self.late(day, self._days(day, territory) * factor)

    def _days(self, day: date, territory: Territory) -> Combinable:
        if not self.own:
            return number_in_sql(self.setting, day, territory)
        default = F(f"{self.own}_default")
        return own_number_in_sql(OuterRef(self.own), default, day, territory)


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    if rule.name in RULES:
        raise ValueError(f"attention rule {rule.name!r} is registered twice")
    RULES[rule.name] = rule


def to_unblock(day: date, territory: Territory) -> Iterator[tuple[Rule, Rows]]:
    """What each rule puts on « À débloquer »; their union is the list."""
    rules = (rule for rule in RULES.values() if not (rule.foreseen or rule.followers_only))
    return ((rule, rule.to_unblock(day, territory)) for rule in rules)


def days_before(day: date, days: Combinable) -> Expression:
    """`day` less so many days, inside a query."""
    return _moved(day, days, " - ")


def days_after(day: date, days: Combinable) -> Expression:
    """So many days after `day`, inside a query."""
    return _moved(day, days, " + ")


def _moved(day: date, days: Combinable, sign: str) -> Expression:
    return Func(
        Value(day, DateField()),
        days,
        template="(%(expressions)s)",
        arg_joiner=sign,
        output_field=DateField(),
    )
