"""Where the territories are: each is a département of the nomenclature, with its communes."""

from bisect import bisect
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from django.db import connections

FIRST_DEPARTEMENT = "95"

QUERY = """
SELECT departement, departement_name, code, epci, greatest(population, 1)
FROM nomenclature_commune WHERE parent = '' AND valid_until IS NULL
ORDER BY departement <> %s, departement, code
"""


@dataclass(frozen=True)
class Commune:
    code: str
    epci: str


@dataclass(frozen=True)
class Place:
    """A territory: its number from 1, and its communes with the cumulated population."""

    number: int
    departement: str
    name: str
    communes: list[Commune]
    cumulated: list[int]

    def commune(self, rng: Random) -> Commune:
        """As many persons as there are inhabitants."""
        return self.communes[bisect(self.cumulated, rng.random() * self.cumulated[-1])]


def places(count: int, alias: str) -> list[Place]:
    """The first `count` départements. Raises ValueError when the nomenclature holds fewer."""
    rows: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    with connections[alias].cursor() as cursor:
        cursor.execute(QUERY, [FIRST_DEPARTEMENT])
        for departement, name, *commune in cursor.fetchall():
            rows.setdefault((departement, name), []).append(tuple(commune))
    if len(rows) < count:
        raise ValueError(f"{count} territories wanted, {len(rows)} départements known.")
    chosen = list(rows.items())[:count]
    return [_place(number, *key, found) for number, (key, found) in enumerate(chosen, start=1)]


def _place(number: int, departement: str, name: str, rows: list[tuple[str, str, int]]) -> Place:
    communes = [Commune(code, epci) for code, epci, _ in rows]
    return Place(number, departement, name, communes, list(accumulate(row[2] for row in rows)))
