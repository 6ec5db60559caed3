"""The keys under which a person may be found, asked one by one: `people_keys` in the database."""

from typing import Protocol
from uuid import UUID

from django.db import connection

SOUNDING = """
SELECT DISTINCT person_id FROM people_personkey JOIN (
    SELECT unnest((people_keys(family, other, given, first, people_sound(family),
        people_sound(other), people_sound(given), people_sound(first), NULL, year))[8:10]) AS key
    FROM (
        SELECT people_glued(family) AS family, people_other(family, '') AS other,
            people_glued(given) AS given, split_part(given, ' ', 1) AS first
        FROM (SELECT people_folded(%s) AS family, people_folded(%s) AS given) AS folded
    ) AS glued, unnest(%s::integer[]) AS year
) AS asked USING (key) WHERE territory_id = %s
"""
UNKNOWN = 1
"""The year of who has no date of birth."""


class Named(Protocol):
    @property
    def family_name(self) -> str: ...
    @property
    def given_name(self) -> str: ...


def sounding(territory: int, typed: Named, year: int) -> list[UUID]:
    """The persons whose two names sound like these, born that year or when nobody knows."""
    names = typed.family_name, typed.given_name
    with connection.cursor() as cursor:
        cursor.execute(SOUNDING, [*names, [year, UNKNOWN], territory])
        return [key for (key,) in cursor.fetchall()]
