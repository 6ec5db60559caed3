"""When two records may be the same person, and what a search of names looks like. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from ..names import glued, words

Likeness = Literal["same", "close"]
"""`same`: every name and the date agree. `close`: something was forgiven, a human looks."""
NamesAlike = Literal["same", "close", "crossed"]
DatesAlike = Literal["same", "swapped", "year", "unknown"]

SHORTEST_MISSPELT = 4
"""Letters under which one letter apart makes another name: « Léa », « Mia »."""
BROWSED = 12
"""Searches in a row that tell whether somebody goes through the alphabet."""


@dataclass(frozen=True)
class Names:
    """The names of a person and a birth date, None when nobody knows it."""

    family_name: str
    given_name: str
    birth_name: str = ""
    birth_date: date | None = None


def swapped(day: date) -> date:
    """Day and month exchanged; the same date when that makes none, or none other."""
    try:
        return day.replace(day=day.month, month=day.day)
    except ValueError:
        return day


def full_dates(day: date) -> list[date]:
    """The dates under which somebody born on `day` may have been written; none for a year alone.

    A person whose day is unknown is written on 1 January: too many are, these are found by names.
    """
    return sorted(found for found in {day, swapped(day)} if not only_the_year(found))


def only_the_year(day: date) -> bool:
    """Whether a date says no more than its year."""
    return (day.month, day.day) == (1, 1)


def likeness(typed: Names, known: Names) -> Likeness | None:
    """How much `known` may be whom somebody typed; None when they are two persons."""
    found = alike(typed, known)
    if found is None:
        return None
    return "same" if found == ("same", "same") else "close"


def alike(typed: Names, known: Names) -> tuple[NamesAlike, DatesAlike] | None:
    """In what the names and the dates agree; None when they are two persons."""
    dates = _dates(typed.birth_date, known.birth_date)
    names = _names(typed, known) if dates else None
    return (names, dates) if names and dates else None


def _dates(typed: date | None, known: date | None) -> DatesAlike | None:
    if typed is None or known is None:
        return "unknown"
    if typed == known:
        return "same"
    if swapped(typed) == known:
        return "swapped"
    year = typed.year == known.year and (only_the_year(typed) or only_the_year(known))
    return "year" if year else None


def _names(typed: Names, known: Names) -> NamesAlike | None:
    pairs = [(a, b) for a in _families(typed) for b in _families(known)]
    if any(_equal(a, b) for a, b in pairs) and _equal(typed.given_name, known.given_name):
        return "same"
    if _share(typed.given_name, known.given_name) and any(_share(a, b) for a, b in pairs):
        return "close"
    return "crossed" if _crossed(typed, known) else None


def _families(names: Names) -> list[str]:
    return [name for name in (names.family_name, names.birth_name) if name]


def _crossed(typed: Names, known: Names) -> bool:
    """The given name written as the family name, and the reverse."""
    return any(_share(name, known.given_name) for name in _families(typed)) and any(
        _share(name, typed.given_name) for name in _families(known)
    )


def same_given(one: Names, other: Names) -> bool:
    """Whether the given names are equal, accents and hyphens forgiven."""
    return _equal(one.given_name, other.given_name)


def _equal(one: str, other: str) -> bool:
    return bool(glued(one) & glued(other))


def _share(one: str, other: str) -> bool:
    """A word in common, one letter apart at most; or the same letters cut otherwise."""
    pairs = [(a, b) for a in words(one) for b in words(other)]
    pairs += [(a, b) for a in glued(one) for b in glued(other)]
    return any(_near(a, b) for a, b in pairs)


def _near(one: str, other: str) -> bool:
    """Equal, or one letter added, lost, changed or exchanged with its neighbour."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_MISSPELT or abs(len(one) - len(other)) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    rest, instead = one[start:], other[start:]
    exchanged = rest[:2] == instead[1::-1] and rest[2:] == instead[2:]
    return exchanged or rest[1:] in (instead, instead[1:]) or rest == instead[1:]


def alphabetical(names: Sequence[str]) -> bool:
    """Whether the last family names searched, folded, go through the alphabet in one direction."""
    last = [name for name in names[-BROWSED:] if name]
    if len(last) < BROWSED or len(set(last)) < BROWSED:
        return False
    pairs = list(pairwise(last))
    forward = sum(a < b for a, b in pairs)
    return max(forward, len(pairs) - forward) >= len(pairs) - 1
