"""Matching rows of a file with the persons of a territory, inside PostgreSQL."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, groupby, islice
from math import log2
from typing import Any
from uuid import UUID

from django.db import connection

from jalons.nomenclature.models import Commune
from jalons.territories.models import Territory

from .. import streets
from ..hashing import hashers
from ..models import ContactKind, PersonTraits
from . import rules, statement
from .records import Record, Verdict
from .rules import Compared
from .weights import KNOWN, MOVED, STAYED, STRONG

FEW = 20
"""Rows up to which the query carries them; beyond, they are copied into temporary tables."""
FETCHED = 2_000
MEMORY = "SET LOCAL work_mem = '128MB'"
MOBILE = ("+336", "+337", "+26269", "+590690", "+594694", "+596696")
ELSEWHERE = ["-"]
"""Where a postcode leads at which nobody known lives."""
RAW = "number, family, given, birth, born, street, communes, stayed, moved"
TABLES = """
DROP TABLE IF EXISTS pg_temp.raw, pg_temp.raw_number, pg_temp.arriving, pg_temp.shared_number,
    pg_temp.used_number, pg_temp.near, pg_temp.nearer, pg_temp.asking, pg_temp.far, pg_temp.further,
    pg_temp.answered;
CREATE TEMPORARY TABLE raw (number integer, family text, given text, birth text, born date,
    street bigint[], communes text[], stayed double precision, moved double precision)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE raw_number (number integer, kind text, digest bytea) ON COMMIT DROP
"""
LISTED = """
raw AS MATERIALIZED (
    SELECT number, family, given, birth, born, street::bigint[] AS street,
        communes::text[] AS communes, stayed, moved
    FROM unnest(%(number)s::integer[], %(family)s::text[], %(given)s::text[], %(birth)s::text[],
        %(born)s::date[], %(street)s::text[], %(communes)s::text[], %(stayed)s::float8[],
        %(moved)s::float8[])
        AS listed (number, family, given, birth, born, street, communes, stayed, moved)
), raw_number AS MATERIALIZED (
    SELECT * FROM unnest(%(of)s::integer[], %(kind)s::text[], %(digest)s::bytea[])
        AS listed (number, kind, digest)
),
"""
ENOUGH_HOMES = 100_000
HOMES = """
SELECT commune, count(*) FROM people_persontraits TABLESAMPLE SYSTEM (%s)
WHERE territory_id = %s AND commune <> '' GROUP BY commune ORDER BY commune
"""
NOTHING = frozenset[str]()
Line = tuple[Any, ...]
"""Of the answer: a row's number, a candidate's rank, then the columns of `Compared`."""


def match(territory: int, records: Iterable[Record], source: UUID) -> Iterator[Verdict]:
    """A verdict a record, in the growing order of their numbers.

    `source` is the organization whose file it is. To be called, and read to the end, in the
    territory's row-security context. Protected and archived persons are nobody. Whatever the size
    of the file, a few thousand rows are in memory.
    """
    rows = iter(records)
    first = list(islice(rows, FEW + 1))
    matching = _Matching(territory, source)
    if len(first) <= FEW:
        return matching.few(first)
    return matching.many(chain(first, rows))


class _Matching:
    def __init__(self, territory: int, source: UUID) -> None:
        self._territory, self._places = territory, _Places(territory)
        self._said: dict[str, Any] = {"territory": territory, "source": source}
        self._hashers, self._street = hashers(), streets.hasher()

    def few(self, rows: list[Record]) -> Iterator[Verdict]:
        if not rows:
            return iter(())
        self._weigh(_estimated(self._territory) or self._counted())
        steps = _with(statement.OF_FEW | statement.JUDGED)
        with connection.cursor() as cursor:
            asked = self._said | self._lists(rows)
            cursor.execute(f"WITH {LISTED} {steps} {statement.ANSWER}", asked)
            return _verdicts((row.number for row in rows), cursor.fetchall(), rules.Taught())

    def many(self, rows: Iterator[Record]) -> Iterator[Verdict]:
        """The steps one by one, in tables that the planner knows; then the answer, read twice."""
        known = self._counted()
        self._weigh(known)
        self._places.count(known)
        with connection.cursor() as cursor:
            cursor.execute(MEMORY)
            numbers = self._copy(cursor, rows)
            for name, query in statement.OF_MANY.items():
                self._keep(cursor, name, query)
                cursor.execute(f"ANALYZE {name}")
            steps = f"WITH {statement.BOTH}, {_with(statement.JUDGED)}"
            self._keep(cursor, "answered", steps + statement.ANSWER)
        taught = rules.taught(map(_compared, _lines("WHERE rank = 1")), self._homes)
        yield from _verdicts(numbers, _lines("ORDER BY number, rank"), taught)

    def _keep(self, cursor: Any, name: str, query: str) -> None:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {query}", self._said)

    def _weigh(self, persons: int) -> None:
        number = max(persons, 1)
        self._said |= {"persons": float(number), "rarest": log2(number + 1)}
        self._said |= {"prior": log2(KNOWN / number)}

    def _counted(self) -> int:
        return PersonTraits.objects.filter(territory=self._territory).count()

    def _homes(self) -> tuple[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(statement.HOMES, self._said)
            housed, sharing = cursor.fetchone()
            return int(housed), int(sharing)

    def _lists(self, rows: list[Record]) -> dict[str, Any]:
        columns = zip(*map(self._raw, rows), strict=True)
        said: dict[str, Any] = dict(zip(RAW.split(", "), map(list, columns), strict=True))
        numbers = [(row.number, *each) for row in rows for each in self._numbers(row)]
        for place, name in enumerate(("of", "kind", "digest")):
            said[name] = [each[place] for each in numbers]
        return said

    def _copy(self, cursor: Any, rows: Iterator[Record]) -> list[int]:
        """The numbers of the rows, once these are in the temporary tables."""
        cursor.execute(TABLES)
        numbers = []
        while batch := list(islice(rows, FETCHED)):
            with cursor.copy(f"COPY raw ({RAW}) FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(self._raw(row))
            with cursor.copy("COPY raw_number (number, kind, digest) FROM STDIN") as copy:
                lines = (
                    f"{row.number}\t{kind}\t\\\\x{digest.hex()}\n"
                    for row in batch
                    for kind, digest in self._numbers(row)
                )
                copy.write("".join(lines))
            numbers += [row.number for row in batch]
        cursor.execute("ANALYZE raw; ANALYZE raw_number")
        return numbers

    def _raw(self, row: Record) -> Line:
        names = row.family_name, row.given_name, row.birth_name
        street = ",".join(map(str, self._street(row.address)))
        communes, *bits = self._places.of(row.postal_code)
        place = f"{{{street}}}", f"{{{','.join(communes)}}}", *bits
        return row.number, *names, row.birth_date, *place

    def _numbers(self, row: Record) -> Iterator[tuple[str, bytes]]:
        for kind, number in row.numbers.items():
            yield kind, self._hashers[kind](number)
        for phone in row.phones:
            kind = "mobile" if phone.startswith(MOBILE) else "landline"
            yield kind, self._hashers[ContactKind.PHONE](phone)
        for email in row.emails:
            yield "email", self._hashers[ContactKind.EMAIL](email)


class _Places:
    """What living in the same commune is worth, from how many of the territory live there."""

    def __init__(self, territory: int) -> None:
        inside = Territory.objects.values_list("communes", flat=True).get(pk=territory)
        rows = Commune.objects.filter(code__in=inside).order_by("code")
        self._territory = territory
        self._persons: dict[str, int] = {}
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, number, postcodes in rows.values_list("code", "population", "postcodes"):
            self._persons[code] = (number or 0) + 1
            for postcode in postcodes:
                self._codes[postcode].append(code)
        self._total = sum(self._persons.values())

    def count(self, known: int) -> None:
        """For many rows: where the `known` persons live, wherever it is, or a share of them."""
        with connection.cursor() as cursor:
            share = min(100.0, 100.0 * ENOUGH_HOMES / max(known, 1))
            cursor.execute(HOMES, [share, self._territory])
            self._persons = dict(cursor.fetchall())
        self._total = sum(self._persons.values())
        rows = Commune.objects.filter(code__in=self._persons).order_by("code")
        self._codes.clear()
        for code, postcodes in rows.values_list("code", "postcodes"):
            for postcode in postcodes:
                self._codes[postcode].append(code)

    def of(self, postcode: str) -> tuple[list[str], float, float]:
        """The communes of a postcode, the bits of staying there and of having moved."""
        if not postcode:
            return [], 0.0, 0.0
        codes = self._codes.get(postcode, ELSEWHERE)
        share = sum(self._persons.get(code, 0) for code in codes) / max(self._total, 1)
        share = min(max(share, 1e-3), 0.9)
        return codes, log2(STAYED / share), log2(MOVED / (1 - share))


def _estimated(territory: int) -> int:
    """How many persons the territory knows, as the planner estimates it; 0 when it does not."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_number(%s)", [territory])
        return int(cursor.fetchone()[0] or 0)


def _with(steps: Mapping[str, str]) -> str:
    return ", ".join(f"{name} AS ({query})" for name, query in steps.items())


def _lines(which: str) -> Iterator[Line]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM answered {which}")
        while lines := cursor.fetchmany(FETCHED):
            yield from lines


def _compared(line: Line) -> Compared:
    _, _, person, score, family, given, crossed, day, place, street, shared, differing = line
    levels = family, given, crossed, day, place, street
    return Compared(person, score, *levels, _kinds(shared), _kinds(differing))


def _kinds(said: str | None) -> frozenset[str]:
    return frozenset(said.split(",")) if said else NOTHING


def _verdicts(
    numbers: Iterable[int], lines: Iterable[Line], taught: rules.Taught
) -> Iterator[Verdict]:
    """Both in the order of the numbers; a row without a line has no candidate."""
    by_number = groupby(lines, key=lambda line: line[0])
    verdict = partial(_verdict, taught=taught)
    number, answered = next(by_number, (0, iter(())))
    for asked in numbers:
        if asked != number:
            yield verdict(asked, [])
            continue
        yield verdict(asked, list(answered))
        number, answered = next(by_number, (0, iter(())))


def _verdict(number: int, lines: list[Line], taught: rules.Taught) -> Verdict:
    """A strong number of somebody else than the likeliest is not this person's either."""
    found = [_compared(line) for line in lines if line[1]]
    unused = {kind for line in lines if not line[1] for kind in _kinds(line[-2])}
    shared = found[0].shared if found else frozenset[str]()
    theirs = {kind for other in found[1:] for kind in other.shared if kind in STRONG}
    outcome, margin = rules.outcome(found, taught)
    return Verdict(
        number,
        outcome,
        found[0].person if outcome == "same" else None,
        round(margin, 1),
        rules.candidates(found) if outcome in rules.LOOKED_AT else (),
        tuple(sorted(unused | (theirs - shared))),
    )
