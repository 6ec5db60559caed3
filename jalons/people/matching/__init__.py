# mypy: ignore-errors
"""Who is already known of those whom a file names. Equal numbers or equal names and birth date."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from jalons.kernel import crypto

from ..front_door.rules import Names, alike
from ..identifiers import purpose
from ..models import Identifier, Person
from ..names import glued
from .records import Candidate, Record, Verdict

__all__ = ["Candidate", "Record", "Verdict", "match"]

STRONG = ("nir", "si", "ft")
BATCH = 1000


def match(territory: int, records: Iterable[Record], source: UUID) -> Iterator[Verdict]:
    """A verdict a record, in the same order; protected persons are in none."""
    rows = list(records)
    shared = _shared(rows)
    for start in range(0, len(rows), BATCH):
        yield from _batch(territory, rows[start : start + BATCH], source, shared)


def _shared(rows: list[Record]) -> set[tuple[str, str]]:
    """The numbers that the file gives to different names."""
    names: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    for row in rows:
        for kind, number in row.numbers.items():
            said = (*sorted(glued(row.family_name)), *sorted(glued(row.given_name)))
            names[kind, number].add(said)
    return {number for number, found in names.items() if len(found) > 1}


def _batch(
    territory: int, rows: list[Record], source: UUID, shared: set[tuple[str, str]]
) -> Iterator[Verdict]:
    here = Person.objects.filter(territory=territory, protected=False, archived_at=None)
    born = defaultdict(list)
    for person in here.filter(birth_date__in={row.birth_date for row in rows}):
        born[person.birth_date].append(person)
    digests = {
        (kind, number): crypto.keyed_hash(number, purpose(kind))
        for row in rows
        for kind, number in row.numbers.items()
        if kind in STRONG and (kind, number) not in shared
    }
    held = defaultdict(list)
    bearing = Identifier.objects.filter(territory=territory, digest__in=set(digests.values()))
    for one in bearing.filter(person__in=here).select_related("person"):
        if one.kind != "si" or one.source_id == source:
            held[one.kind, bytes(one.digest)].append(one.person)
    keys = {person.pk for found in (*born.values(), *held.values()) for person in found}
    numbers = defaultdict(dict)
    for one in Identifier.objects.filter(person__in=keys, kind__in=STRONG):
        if one.kind != "si" or one.source_id == source:
            numbers[one.person_id][one.kind] = bytes(one.digest)
    for row in rows:
        yield _verdict(row, born, held, numbers, digests)


def _verdict(row, born, held, numbers, digests):  # type: ignore[no-untyped-def]
    said = Names(row.family_name, row.given_name, row.birth_name, row.birth_date)
    mine = {k: digests[k, n] for k, n in row.numbers.items() if (k, n) in digests}
    ignored = tuple(k for k, n in row.numbers.items() if k in STRONG and (k, n) not in digests)
    near = {}
    for person in born[row.birth_date]:
        names = Names(person.family_name, person.given_name, person.birth_name, person.birth_date)
        found = alike(said, names)
        if found:
            near[person.pk] = found
    strong = {p.pk for kind, d in mine.items() for p in held[kind, d]} & set(near)
    if len(strong) == 1:
        key = strong.pop()
        return Verdict(row.number, "same", key, 20.0, (), ignored)
    exact = [key for key, found in near.items() if found == ("same", "same")]
    other = [key for key in exact if any(numbers[key].get(k, d) != d for k, d in mine.items())]
    if len(exact) == 1 and not other:
        return Verdict(row.number, "same", exact[0], 10.0, (), ignored)
    likely = tuple(Candidate(key, 5.0, ("names",)) for key in exact or near)
    if other:
        return Verdict(row.number, "contradiction", None, 0.0, likely, ignored)
    close = [key for key, found in near.items() if found[0] == "close"]
    if exact:
        return Verdict(row.number, "doubt", None, 0.0, likely, ignored)
    del close
    return Verdict(row.number, "new", None, 0.0, (), ignored)
