"""The postcodes and communes of a file, looked up in one query."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune
from jalons.territories.models import Territory
from jalons.territories.queries import Place

from .values import ValueKind

_CEDEX = re.compile(r" cedex( \d+)?$")
_ARRONDISSEMENT = re.compile(r" (\d+)(e|er|eme|ieme)?( arrondissement)?$")


class Warned(Protocol):
    """What is told of a row that is taken all the same."""

    def warn(self, column: str, kind: ValueKind, message: str) -> None: ...


@dataclass(frozen=True)
class Places:
    """`communes` by postcode; `inside` are the Insee codes of the territory."""

    communes: dict[str, list[Commune]]
    inside: frozenset[str]

    @classmethod
    def of(cls, territory: int, postcodes: Iterable[str]) -> "Places":
        found: dict[str, list[Commune]] = {}
        wanted = set(postcodes)
        rows = Commune.objects.filter(postcodes__overlap=sorted(wanted)).order_by("code")
        for row in rows if wanted else ():
            for postcode in wanted.intersection(row.postcodes):
                found.setdefault(postcode, []).append(row)
        inside = Territory.objects.values_list("communes", flat=True).get(pk=territory)
        return cls(found, frozenset(inside))

    def place(self, postcode: str) -> Place:
        return Place(postcode, tuple(row.code for row in self.communes.get(postcode, ())))

    def commune(self, postcode: str, city: str) -> str:
        """The Insee code of a city, or of the only commune of the postcode; "" when unsure."""
        found = self.communes.get(postcode, [])
        named = [row for row in found if _bears(row, city)]
        chosen = named or (found if len(found) == 1 else [])
        return chosen[0].code if chosen else ""

    def look(
        self,
        cells: Warned,
        postcode: str,
        city: str,
        columns: tuple[str, str] = ("Code postal", "Ville"),
    ) -> bool:
        """Warns of a postcode that nobody knows, another city, an address outside: then False."""
        of_postcode, of_city = columns
        found = self.communes.get(postcode, [])
        if not postcode:
            return True
        if not found:
            cells.warn(of_postcode, "unknown_code", "Ce code postal n’est pas connu.")
            return True
        if city and not any(_bears(row, city) for row in found):
            message = "Cette ville n’a pas ce code postal."
            cells.warn(of_city, "unknown_reference", message)
        named = [row for row in found if _bears(row, city)] or found
        if any(self._is_inside(row) for row in named):
            return True
        message = "Cette adresse est hors du territoire."
        cells.warn(of_postcode, "out_of_territory", message)
        return False

    def _is_inside(self, commune: Commune) -> bool:
        return commune.code in self.inside or commune.parent in self.inside


def _bears(commune: Commune, city: str) -> bool:
    """Whether a city as an address writes it is this commune: cedex and « St » forgiven."""
    name = _plain(city)
    names = {_plain(each) for each in (commune.name, *commune.other_names)}
    return name in names or _ARRONDISSEMENT.sub("", name) in {
        _ARRONDISSEMENT.sub("", each) for each in names
    }


def _plain(city: str) -> str:
    words = _CEDEX.sub("", fold(city)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)
