"""Reads of the lists (from memory), of the communes and of the occupations (from their index)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.kernel.text import fold

from . import cache
from .cache import Item
from .files import catalogue, catalogued
from .models import Appellation, Commune, Rome, Term
from .rules import earliest_end, in_force
from .search import find


class UnknownTerm(LookupError):
    """The list has no entry of this code, at any time."""


class Occupation(NamedTuple):
    """A ROME code, its label, and the job title that was looked for, if any."""

    code: str
    label: str
    title: str = ""


def terms(name: str, at: date | None = None, territory: int | None = None) -> list[Item]:
    """The entries of a list on a day (today), in order: national ones, then the territory's own.

    Raises UnknownList.
    """
    day = at or clock.today()
    return [
        item for item in _of(name, territory) if in_force(item.valid_from, item.valid_until, day)
    ]


def term(name: str, code: str, at: date | None = None, territory: int | None = None) -> Item:
    """The entry of this code on a day, else its last version. Raises UnknownTerm, UnknownList."""
    day = at or clock.today()
    versions = [item for item in _of(name, territory) if item.code == code]
    if not versions:
        raise UnknownTerm(f"{name}: {code}")
    current = (item for item in versions if in_force(item.valid_from, item.valid_until, day))
    return next(current, max(versions, key=lambda item: item.valid_from or date.min))


def label(name: str, code: str, at: date | None = None, territory: int | None = None) -> str:
    """What the entry was called on a day. Raises UnknownTerm, UnknownList."""
    return term(name, code, at, territory).label


def level_of(name: str, code: str, territory: int | None = None) -> Level:
    """The level of a fact about a person that uses the entry. Raises UnknownTerm, UnknownList."""
    return term(name, code, territory=territory).level


def of_partner(name: str, partner: str, code: str, at: date | None = None) -> Item | None:
    """The first entry in force that a partner knows under this code (a cell may hold several)."""
    found = (item for item in terms(name, at) if code in item.codes.get(partner, "").split())
    return next(found, None)


def named(
    name: str, text: str, at: date | None = None, territory: int | None = None
) -> Item | None:
    """The entry in force that bears this name in a file, accents and signs forgiven."""
    key = fold(text)
    found = (item for item in terms(name, at, territory) if key in item.keys)
    return next(found, None)


def search_terms(
    name: str, text: str, at: date | None = None, territory: int | None = None
) -> list[Item]:
    """The entries in force of which words begin with each word typed; all of them for no word."""
    words = fold(text).split()
    found = [item for item in terms(name, at, territory) if _begins(item.keys, words)]
    return sorted(found, key=lambda item: not item.keys[0].startswith(" ".join(words)))


def _begins(keys: Iterable[str], words: Iterable[str]) -> bool:
    return any(all(f" {word}" in f" {key}" for word in words) for key in keys)


def _of(name: str, territory: int | None) -> list[Item]:
    catalogued(name)
    return [item for item in cache.items(name) if item.territory in (None, territory)]


def commune(code: str) -> Commune | None:
    """By Insee code, closed communes included."""
    return Commune.objects.filter(code=code).first()


def search_communes(text: str, limit: int = 10) -> list[Commune]:
    """The communes in force that a name or a postcode being typed may mean, the largest first."""
    return find(Commune, text, limit)


def search_rome(text: str, limit: int = 10) -> list[Occupation]:
    """The occupations in force that a label, a job title or a code being typed may mean."""
    found = {row.code: Occupation(row.code, row.label) for row in find(Rome, text, limit)}
    titles = find(Appellation, text, limit)
    labels = Rome.objects.in_bulk({row.rome_id for row in titles} - set(found)) if titles else {}
    for row in titles:
        if row.rome_id in labels:
            occupation = Occupation(row.rome_id, labels[row.rome_id].label, row.label)
            found.setdefault(row.rome_id, occupation)
    return list(found.values())[:limit]


class OwnList(NamedTuple):
    """A list that a territory may complete, and how many entries each of them has today."""

    name: str
    label: str
    national: int
    own: int


def own_counts(territory: int) -> list[OwnList]:
    """The lists that may be completed, in their order; from memory."""
    return [
        OwnList(
            listed.name,
            listed.label,
            len(terms(listed.name)),
            len([item for item in terms(listed.name, territory=territory) if item.territory]),
        )
        for listed in catalogue().values()
        if listed.extensible
    ]


class OwnTerm(NamedTuple):
    """An entry of a territory; `until` is the first day without it, `closed` once it is past.

    `earliest` is the first day from which it may be closed.
    """

    key: UUID
    label: str
    parent: str
    since: date | None
    until: date | None
    closed: bool
    earliest: date


def own_terms(name: str, territory: int, day: date) -> list[OwnTerm]:
    """What a territory added to a list, closed entries last; one query. Raises UnknownList."""
    listed = catalogued(name)
    rows = Term.objects.filter(list=name, territory=territory).order_by("label", "id")
    found = [
        OwnTerm(
            row.pk,
            row.label,
            label(listed.parents, row.parent, territory=territory) if row.parent else "",
            row.valid_from,
            row.valid_until,
            row.valid_until is not None and row.valid_until <= day,
            earliest_end(row.valid_from, day),
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.closed)
