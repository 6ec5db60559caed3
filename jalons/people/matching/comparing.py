"""Matching rows of a file with the persons of a territory, inside PostgreSQL."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log2
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from jalons.nomenclature.models import Commune
from jalons.territories.models import Territory

from .. import contacts, identifiers
from ..models import ContactKind, PersonTraits
from . import rules, statement
from .records import Record, Verdict
from .rules import Compared
from .weights import KNOWN, MOVED, STAYED, STRONG

FEW = 20
"""Rows up to which the query carries them; beyond, they are copied into temporary tables."""
MEMORY = "SET LOCAL work_mem = '128MB'"
MOBILE = ("+336", "+337", "+26269", "+590690", "+594694", "+596696")
RAW = "number, family, given, birth, born, communes, stayed, moved"
TABLES = """
DROP TABLE IF EXISTS pg_temp.raw, pg_temp.raw_number, pg_temp.arriving, pg_temp.shared_number,
    pg_temp.used_number, pg_temp.found;
CREATE TEMPORARY TABLE raw (number integer, family text, given text, birth text, born date,
    communes text[], stayed double precision, moved double precision) ON COMMIT DROP;
CREATE TEMPORARY TABLE raw_number (number integer, kind text, digest bytea) ON COMMIT DROP
"""
LISTED = """
raw AS MATERIALIZED (
    SELECT number, family, given, birth, born, string_to_array(communes, ',') AS communes, stayed,
        moved
    FROM unnest(%(number)s::integer[], %(family)s::text[], %(given)s::text[], %(birth)s::text[],
        %(born)s::date[], %(communes)s::text[], %(stayed)s::float8[], %(moved)s::float8[])
        AS listed (number, family, given, birth, born, communes, stayed, moved)
), raw_number AS MATERIALIZED (
    SELECT * FROM unnest(%(of)s::integer[], %(kind)s::text[], %(digest)s::bytea[])
        AS listed (number, kind, digest)
),
"""


def match(territory: int, records: Iterable[Record], source: UUID) -> Iterator[Verdict]:
    """A verdict a record, in their order; `source` is the organization whose file it is.

    To be called in the territory's row-security context. Protected and archived persons are nobody.
    """
    rows = list(records)
    places = _Places(territory, {row.postal_code for row in rows})
    with transaction.atomic(), connection.cursor() as cursor:
        found, ignored = _compared(cursor, territory, rows, places, source)
    taught = rules.middle_names(each[0] for each in found.values())
    return (_verdict(row.number, found[row.number], ignored[row.number], taught) for row in rows)


def _verdict(number: int, found: list[Compared], unused: set[str], middle_names: bool) -> Verdict:
    """A strong number of somebody else than the likeliest is not this person's either."""
    shared = found[0].shared if found else frozenset[str]()
    theirs = {kind for other in found[1:] for kind in other.shared if kind in STRONG}
    outcome, margin = rules.outcome(found, middle_names=middle_names)
    return Verdict(
        number,
        outcome,
        found[0].person if outcome == "same" else None,
        round(margin, 1),
        rules.candidates(found) if outcome in rules.LOOKED_AT else (),
        tuple(sorted(unused | (theirs - shared))),
    )


class _Places:
    """What living in the same commune is worth, from how many of the territory live there."""

    def __init__(self, territory: int, postcodes: set[str]) -> None:
        inside = Territory.objects.values_list("communes", flat=True).get(pk=territory)
        known = Commune.objects.filter(code__in=inside).values_list("code", "population")
        people = {code: (population or 0) + 1 for code, population in known}
        total = sum(people.values()) or 1
        self._share = {code: number / total for code, number in people.items()}
        self._codes: dict[str, list[str]] = defaultdict(list)
        wanted = postcodes - {""}
        rows = Commune.objects.filter(postcodes__overlap=sorted(wanted)).order_by("code")
        for code, its in rows.values_list("code", "postcodes") if wanted else ():
            for postcode in wanted.intersection(its):
                self._codes[postcode].append(code)

    def of(self, postcode: str) -> tuple[list[str], float, float]:
        """The communes of a postcode, the bits of staying there and of having moved."""
        codes = self._codes.get(postcode, [])
        share = min(max(sum(self._share.get(code, 0.0) for code in codes), 1e-3), 0.9)
        return codes, log2(STAYED / share), log2(MOVED / (1 - share))


def _compared(
    cursor: Any, territory: int, rows: list[Record], places: _Places, source: UUID
) -> tuple[dict[int, list[Compared]], dict[int, set[str]]]:
    """The candidates of each row, the likeliest first; the kinds of numbers not used."""
    few = len(rows) <= FEW
    said: dict[str, Any] = {"territory": territory, "source": source}
    persons = max(_persons(territory, few=few), 1)
    said |= {"persons": float(persons), "rarest": log2(persons + 1), "prior": log2(KNOWN / persons)}
    if few:
        said |= _lists(rows, places)
    else:
        _copy(cursor, rows, places)
    _ask(cursor, said, few=few)
    found: dict[int, list[Compared]] = defaultdict(list)
    ignored: dict[int, set[str]] = defaultdict(set)
    for number, rank, person, score, family, given, crossed, day, place, shared, other in cursor:
        if rank:
            levels = family, given, crossed, day, place
            kinds = frozenset(shared), frozenset(other)
            found[number].append(Compared(person, score, *levels, *kinds))
        else:
            ignored[number].update(shared)
    return found, ignored


def _ask(cursor: Any, said: dict[str, Any], *, few: bool) -> None:
    """The steps, then the answer: all in one query for few rows."""
    steps, kept = list(statement.STEPS.items()), 0 if few else statement.KEPT_STEPS
    for name, query in steps[:kept]:
        cursor.execute(f"CREATE TEMPORARY TABLE {name} ON COMMIT DROP AS {query}", said)
        cursor.execute(f"ANALYZE {name}")
    rest = ", ".join(f"{name} AS ({query})" for name, query in steps[kept:])
    cursor.execute(f"WITH {LISTED if few else ''} {rest} {statement.ANSWER}", said)


def _persons(territory: int, *, few: bool) -> int:
    """How many persons the territory knows; for a row alone, as the planner estimates it."""
    if few:
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_number(%s)", [territory])
            if estimated := cursor.fetchone()[0]:
                return int(estimated)
    return PersonTraits.objects.filter(territory=territory).count()


def _lists(rows: list[Record], places: _Places) -> dict[str, Any]:
    columns = list(zip(*(_raw(row, places) for row in rows), strict=True))
    names = RAW.split(", ")
    said = dict(zip(names, map(list, columns), strict=True))
    said["communes"] = [",".join(codes) for codes in said["communes"]]
    numbers = [(row.number, *each) for row in rows for each in _numbers(row)]
    return said | {
        name: [each[place] for each in numbers]
        for place, name in enumerate(("of", "kind", "digest"))
    }


def _copy(cursor: Any, rows: list[Record], places: _Places) -> None:
    cursor.execute(MEMORY)
    cursor.execute(TABLES)
    with cursor.copy(f"COPY raw ({RAW}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(_raw(row, places))
    with cursor.copy("COPY raw_number (number, kind, digest) FROM STDIN") as copy:
        for row in rows:
            for kind, digest in _numbers(row):
                copy.write_row((row.number, kind, digest))
    cursor.execute("ANALYZE raw; ANALYZE raw_number")


def _raw(row: Record, places: _Places) -> tuple[Any, ...]:
    names = row.family_name, row.given_name, row.birth_name
    return row.number, *names, row.birth_date, *places.of(row.postal_code)


def _numbers(row: Record) -> Iterator[tuple[str, bytes]]:
    for kind, number in row.numbers.items():
        yield kind, identifiers.hashed(kind, number)
    for phone in row.phones:
        kind = "mobile" if phone.startswith(MOBILE) else "landline"
        yield kind, contacts.hashed(ContactKind.PHONE, phone)
    for email in row.emails:
        yield "email", contacts.hashed(ContactKind.EMAIL, email)
