"""The registry of attention rules: each is one named query that a room registers.

This room knows persons by key only; the home page and « À débloquer » are unions of the rules.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

Persons = Callable[[date], "QuerySet[Any, Any]"]


@dataclass(frozen=True)
class Rule:
    """A reason not to forget somebody.

    `late(day)` selects the rows past the threshold on a day; `key` is their column that holds the
    person. `days` is the default threshold. `unblocks`: the row stands on « À débloquer » at once.
    """

    name: str
    label: str
    days: int
    late: Persons
    key: str = "person"
    unblocks: bool = False


RULES: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    if rule.name in RULES:
        raise ValueError(f"attention rule {rule.name!r} is registered twice")
    RULES[rule.name] = rule


def unblocking() -> Iterator[Rule]:
    """The rules that put a person on « À débloquer »."""
    return (rule for rule in RULES.values() if rule.unblocks)
