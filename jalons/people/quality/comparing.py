"""Which files of a territory are alike: candidates by SQL, as a set, then the front door's rules.

Candidates share a date of birth, or day and month exchanged, and a word of their names; or every
word of their names, when one date says too little; or a telephone or an e-mail, by its keyed hash.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import connection

from ..models import Person
from ..pairs.rules import names_of, reasons

Pair = tuple[UUID, UUID]
LARGEST_HOUSEHOLD = 5
"""Files beyond which a shared telephone is that of a hostel or a service: it brings nobody near."""

_BORN = """
SELECT a.id, b.id, '' FROM people_person a JOIN people_person b
    ON b.territory_id = a.territory_id AND b.id <> a.id
    AND b.birth_date = {date} AND {names}
WHERE a.territory_id = %(territory)s AND {some}
    AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
"""
_SWAPPED = """
CASE WHEN extract(day FROM a.birth_date) <= 12 AND
        extract(day FROM a.birth_date) <> extract(month FROM a.birth_date)
    THEN make_date(extract(year FROM a.birth_date)::int, extract(day FROM a.birth_date)::int,
        extract(month FROM a.birth_date)::int) END
"""
_SOME, _ALL = "a.names && b.names", "a.names = b.names"
"""A word in common; the same words, whatever their order."""
_YEAR = "date_trunc('year', a.birth_date)::date"
_VAGUE = """
SELECT a.id, b.id, '' FROM people_person a JOIN people_person b
    ON b.territory_id = a.territory_id AND b.id <> a.id AND b.names = a.names
WHERE a.territory_id = %(territory)s AND a.birth_date IS NULL AND {some}
    AND a.merged_into_id IS NULL AND b.merged_into_id IS NULL
"""
_REACHED = """
WITH running AS (
    SELECT person_id, kind, digest FROM people_contact
    WHERE territory_id = %(territory)s AND kind IN ('phone', 'email') AND ends_on IS NULL
        AND level = 'identity' AND digest IS NOT NULL
), shared AS (
    SELECT kind, digest FROM running GROUP BY kind, digest
    HAVING count(*) BETWEEN 2 AND %(most)s
)
SELECT a.person_id, b.person_id, a.kind FROM shared
    JOIN running a USING (kind, digest) JOIN running b USING (kind, digest)
WHERE {some} AND a.person_id <> b.person_id
"""
_HASHED = "SET LOCAL enable_nestloop = {}"
"""A whole territory is joined by hashing, even before its tables are known to the planner."""


def alike(territory: int, persons: Collection[UUID] | None = None) -> dict[Pair, list[str]]:
    """The pairs that are alike, and why; those of some persons, or of the whole territory.

    To be called in the territory's row-security context: what is sealed brings nobody near.
    """
    shared = _candidates(territory, persons)
    keys = {key for pair in shared for key in pair}
    known = {row.pk: names_of(row) for row in Person.objects.filter(pk__in=keys)}
    found = {
        (one, other): reasons(known[one], known[other], kinds)
        for (one, other), kinds in shared.items()
        if one in known and other in known
    }
    return {pair: codes for pair, codes in found.items() if codes}


def _candidates(territory: int, persons: Collection[UUID] | None) -> dict[Pair, set[str]]:
    """Each pair once, in the order of its keys, with the kinds of contacts that both have."""
    given = None if persons is None else list(persons)
    said = {"territory": territory, "persons": given, "most": LARGEST_HOUSEHOLD}
    found: dict[Pair, set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_HASHED.format("on" if persons else "off"))
        for statement in _statements(everybody=persons is None):
            cursor.execute(statement, said)
            for one, other, kind in cursor:
                found[min(one, other), max(one, other)] |= {kind} if kind else set()
        cursor.execute(_HASHED.format("on"))
    return found


def _statements(*, everybody: bool) -> Iterator[str]:
    """Of the whole territory each pair is asked once; of some persons, from both its sides where
    the two do not look alike."""
    if everybody:
        once, sides, reached = "a.id < b.id", ["true"], "a.person_id < b.person_id"
    else:
        once, reached = "a.id = ANY(%(persons)s)", "a.person_id = ANY(%(persons)s)"
        sides = [once, "b.id = ANY(%(persons)s)"]
    yield _BORN.format(date="a.birth_date", names=_SOME, some=once)
    yield _BORN.format(date=_SWAPPED, names=_SOME, some=once)
    for some in sides:
        yield _BORN.format(date=_YEAR, names=_ALL, some=some)
        yield _VAGUE.format(some=some)
    yield _REACHED.format(some=reached)
