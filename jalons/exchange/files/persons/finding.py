"""Whom each row speaks of, by what its format looks for. Nobody out of reach is ever answered."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.table import ATTACH_FROM_FILE
from jalons.people import identifiers
from jalons.people.arrivals.rules import NUMBERS
from jalons.people.matching import match
from jalons.people.models import Identifier, Person
from jalons.people.names import glued

from .formats import Saying, born, records

BATCH = 1000


@dataclass(frozen=True)
class Found:
    """`outcome`: that of a verdict, or « nobody », or « twice » (checking).

    `differing`: kinds of numbers of which the likeliest person has another one.
    """

    number: int
    outcome: str
    person: UUID | None = None
    ignored: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()


def _by_matching(actor: Actor, sayings: Iterable[Saying]) -> Iterator[Found]:
    assert actor.territory
    assert actor.organization
    nameless: list[Saying] = []
    named = (saying for saying in sayings if _is_named(saying, nameless))
    first = next(named, None)
    if first is not None:
        arriving = records(chain([first], named))
        for verdict in match(actor.territory, arriving, actor.organization):
            ignored = tuple(kind for kind in verdict.ignored if kind in NUMBERS)
            reasons = verdict.candidates[0].reasons if verdict.candidates else ()
            differing = tuple(kind for kind in NUMBERS if f"other_{kind}" in reasons)
            yield Found(verdict.number, verdict.outcome, verdict.person, ignored, differing)
    yield from _by_number(actor, nameless)


def _is_named(saying: Saying, nameless: list[Saying]) -> bool:
    """Whether it names somebody; the others are set apart."""
    if "family_name" not in saying.values:
        nameless.append(saying)
    return "family_name" in saying.values


def _by_number(actor: Actor, sayings: Iterable[Saying]) -> Iterator[Found]:
    """Those who bear the number of France Travail that a row says, and nothing else."""
    for batch in _batches(sayings):
        digests = {each.number: identifiers.digest("ft", each.values["ft"]) for each in batch}
        bearers: dict[bytes, list[UUID]] = defaultdict(list)
        rows = Identifier.objects.filter(
            territory=actor.territory or 0,
            kind="ft",
            digest__in=set(digests.values()),
            person__in=_reachable(actor),
        )
        for digest, person in rows.values_list("digest", "person"):
            bearers[bytes(digest)].append(person)
        for number, digest in digests.items():
            yield _one(number, bearers[digest])


def _by_names(actor: Actor, sayings: Iterable[Saying]) -> Iterator[Found]:
    """Equal names and birth date, accents forgiven; several such persons are in doubt."""
    for batch in _batches(sayings):
        days = {born(saying.values) for saying in batch}
        rows = _reachable(actor).filter(birth_date__in=days)
        born_on = defaultdict(list)
        for row in rows:
            born_on[row.birth_date].append(row)
        for saying in batch:
            same = [row for row in born_on[born(saying.values)] if _named(row, saying)]
            yield _one(saying.number, [row.pk for row in same])


def _by_key(actor: Actor, sayings: Iterable[Saying]) -> Iterator[Found]:
    """Our own identifier; names and date, when the row says them, must be the person's."""
    for batch in _batches(sayings):
        rows = _reachable(actor).in_bulk([UUID(saying.key) for saying in batch])
        for saying in batch:
            row = rows.get(UUID(saying.key))
            day = born(saying.values)
            agree = row and _named(row, saying) and day in (None, row.birth_date)
            yield _one(saying.number, [row.pk] if row and agree else [])


def _one(number: int, keys: list[UUID]) -> Found:
    if len(keys) == 1:
        return Found(number, "same", keys[0])
    return Found(number, "doubt" if keys else "nobody")


def _named(row: Person, saying: Saying) -> bool:
    family, given = (saying.values.get(name) for name in ("family_name", "given_name"))
    known = glued(row.family_name) | glued(row.birth_name)
    return (not family or bool(glued(family) & known)) and (
        not given or bool(glued(given) & glued(row.given_name))
    )


def _reachable(actor: Actor) -> "QuerySet[Person]":
    seen = visible_to(actor, "person", None, act=ATTACH_FROM_FILE)
    return Person.objects.filter(seen, territory=actor.territory)


def _batches(sayings: Iterable[Saying]) -> Iterator[list[Saying]]:
    rows = iter(sayings)
    while batch := list(islice(rows, BATCH)):
        yield batch


Finder = Callable[[Actor, Iterable[Saying]], Iterator[Found]]
FINDERS: dict[str, Finder] = {"match": _by_matching, "names": _by_names, "key": _by_key}
