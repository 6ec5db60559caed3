"""Which files of a territory are alike: candidates by SQL, as a set, then the front door's rules.

Candidates share a date under which somebody may have been written and a word of their names; or
their names, when one date says too little; or a telephone or an e-mail, by its keyed hash.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import connection

from ..front_door.rules import Names
from ..models import Person
from .rules import reasons

Pair = tuple[UUID, UUID]
LARGEST_HOUSEHOLD = 5
"""Files beyond which a shared telephone is that of a hostel or a service: it brings nobody near."""

_BORN = """
SELECT a.id, b.id, '' FROM people_person a JOIN people_person b
    ON b.territory_id = a.territory_id AND b.id <> a.id
    AND b.birth_date = {date} AND a.names && b.names
WHERE a.territory_id = %(territory)s AND {some}
"""
_SWAPPED = """
CASE WHEN extract(day FROM a.birth_date) <= 12 AND
        extract(day FROM a.birth_date) <> extract(month FROM a.birth_date)
    THEN make_date(extract(year FROM a.birth_date)::int, extract(day FROM a.birth_date)::int,
        extract(month FROM a.birth_date)::int) END
"""
_YEAR = "date_trunc('year', a.birth_date)::date"
_VAGUE = """
SELECT a.id, b.id, '' FROM people_person a JOIN people_person b
    ON b.territory_id = a.territory_id AND b.id <> a.id AND b.names @> a.names
WHERE a.territory_id = %(territory)s AND a.birth_date IS NULL AND {some}
"""
_REACHED = """
SELECT a.person_id, b.person_id, a.kind FROM people_contact a JOIN people_contact b
    ON b.territory_id = a.territory_id AND b.digest = a.digest AND b.kind = a.kind
    AND b.ends_on IS NULL AND b.level = 'identity' AND b.person_id <> a.person_id
WHERE a.territory_id = %(territory)s AND a.kind IN ('phone', 'email') AND a.ends_on IS NULL
    AND a.level = 'identity' AND a.digest IS NOT NULL AND {some}
    AND (SELECT count(*) FROM people_contact c WHERE c.territory_id = a.territory_id
        AND c.digest = a.digest AND c.ends_on IS NULL) <= %(most)s
"""


def alike(territory: int, persons: Collection[UUID] | None = None) -> dict[Pair, list[str]]:
    """The pairs that are alike, and why; those of some persons, or of the whole territory.

    To be called in the territory's row-security context: what is sealed brings nobody near.
    """
    shared = _candidates(territory, persons)
    keys = {key for pair in shared for key in pair}
    known = {row.pk: _names(row) for row in Person.objects.filter(pk__in=keys)}
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
        for statement in _statements(everybody=persons is None):
            cursor.execute(statement, said)
            for one, other, kind in cursor:
                found[min(one, other), max(one, other)] |= {kind} if kind else set()
    return found


def _statements(*, everybody: bool) -> Iterator[str]:
    """Of the whole territory each pair is asked once; of some persons, from both its sides where
    the two do not look alike."""
    if everybody:
        once, sides, reached = "a.id < b.id", ["true"], "a.person_id < b.person_id"
    else:
        once, reached = "a.id = ANY(%(persons)s)", "a.person_id = ANY(%(persons)s)"
        sides = [once, "b.id = ANY(%(persons)s)"]
    yield _BORN.format(date="a.birth_date", some=once)
    yield _BORN.format(date=_SWAPPED, some=once)
    for some in sides:
        yield _BORN.format(date=_YEAR, some=some)
        yield _VAGUE.format(some=some)
    yield _REACHED.format(some=reached)


def _names(row: Person) -> Names:
    return Names(row.family_name, row.given_name, row.birth_name, row.birth_date)
