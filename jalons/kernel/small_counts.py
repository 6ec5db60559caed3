"""Counts of persons shown to who does not read their names: under five, only « moins de 5 ».

A total beside its parts says no more than they do as soon as one of them is hidden.
"""

from collections.abc import Iterable

from .templatetags.french import plural, thousands
from .typography import SOLID

FEWEST = 5
LESS_THAN = f"moins{SOLID}de{SOLID}"
HIDDEN = f"{LESS_THAN}{FEWEST}"


def small(count: int) -> bool:
    """Nobody at all tells nothing of anybody."""
    return 0 < count < FEWEST


def counted(count: int) -> str:
    return HIDDEN if small(count) else thousands(count)


def counted_of(count: int, forms: str) -> str:
    """« moins de 5 personnes », « 12 personnes »; `forms` as for `plural`."""
    if small(count):
        return f"{HIDDEN}{SOLID}{plural(FEWEST, forms).split(SOLID, 1)[1]}"
    return plural(count, forms)


def approached(count: int, parts: Iterable[int]) -> int | None:
    """What a total may say beside `parts`: itself, else the sum of those that are told.

    None when none is.
    """
    found = list(parts)
    if not any(map(small, found)):
        return count
    return sum(part for part in found if not small(part)) or None


def total(count: int, parts: Iterable[int]) -> str:
    """The total of `parts`, which are shown beside it: one that is hidden cannot be found again."""
    found = list(parts)
    said = approached(count, found)
    if small(count) or said == count:
        return counted(count)
    if said is None:
        return f"{LESS_THAN}{FEWEST * sum(map(small, found))}"
    return f"environ{SOLID}{thousands(said)}"
