"""The communes of a territory, and those that a search by name may add."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum

from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune
from jalons.nomenclature.queries import search_communes

MOST_FOUND = 8
"""Results of each kind."""


@dataclass(frozen=True)
class Choice:
    """What can be added at once: a whole EPCI, a whole département, or one commune."""

    kind: str
    code: str
    label: str
    count: int
    population: int
    hint: str = ""


@dataclass(frozen=True)
class Group:
    """The communes that a territory takes in one EPCI; `whole` when it takes them all."""

    code: str
    label: str
    departement: str
    communes: list[Commune]
    size: int

    @property
    def population(self) -> int:
        return sum(commune.population for commune in self.communes)

    @property
    def whole(self) -> bool:
        return len(self.communes) == self.size


def chosen(codes: Iterable[str]) -> list[Group]:
    """The communes of these codes by EPCI, the most peopled first; two queries."""
    rows = Commune.objects.filter(code__in=list(codes)).order_by("-population", "code")
    found: dict[str, list[Commune]] = {}
    for row in rows:
        found.setdefault(row.epci, []).append(row)
    sizes = _sizes(found)
    groups = [
        Group(epci, rows[0].epci_name, rows[0].departement_name, rows, sizes.get(epci, len(rows)))
        for epci, rows in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.population, group.code))


def population(groups: Iterable[Group]) -> int:
    return sum(group.population for group in groups)


def search(text: str) -> list[Choice]:
    """EPCI, départements and communes whose name begins with these words; three queries."""
    words = fold(text)
    if len(words) < 2:
        return []
    return [*_departements(words), *_intercommunalites(words), *_communes(text)]


def codes_of(kind: str, code: str) -> list[str]:
    """The Insee codes of a choice; empty when there is no such thing."""
    if kind == "commune":
        found = Commune.objects.filter(code=code)
    elif kind in ("epci", "departement") and code:
        found = _whole().filter(**{kind: code})
    else:
        return []
    return list(found.order_by("code").values_list("code", flat=True))


def _whole() -> "QuerySet[Commune]":
    """The communes in force: not the arrondissements of one, nor those that another took in."""
    return Commune.objects.filter(parent="", valid_until=None)


def _sizes(epcis: Iterable[str]) -> dict[str, int]:
    rows = _whole().filter(epci__in=[epci for epci in epcis if epci])
    return dict(rows.values_list("epci").annotate(size=Count("pk")).order_by("epci"))


def _departements(words: str) -> list[Choice]:
    rows = _counted(F("departement"), F("departement_name"))
    found = (row for row in rows if row.code == words.upper() or _begins(row.label, words))
    return [
        Choice("departement", row.code, row.label, row.count, row.population, row.code)
        for row in found
    ][:MOST_FOUND]


def _intercommunalites(words: str) -> list[Choice]:
    rows = _counted(F("epci"), F("epci_name"), ~Q(epci=""))
    return [row for row in rows if _begins(row.label, words)][:MOST_FOUND]


def _counted(code: F, label: F, condition: Q | None = None) -> list[Choice]:
    rows = (
        _whole()
        .filter(condition or Q())
        .values(kept_code=code, kept_label=label)
        .annotate(count=Count("pk"), people=Sum("population"))
        .order_by("-people", "kept_code")
    )
    return [
        Choice("epci", row["kept_code"], row["kept_label"], row["count"], row["people"])
        for row in rows
    ]


def _communes(text: str) -> list[Choice]:
    return [
        Choice("commune", row.code, row.name, 1, row.population, row.departement_name)
        for row in search_communes(text, MOST_FOUND)
        if not row.parent
    ]


def _begins(label: str, words: str) -> bool:
    """Whether every word typed begins one of the label's."""
    known = f" {fold(label)}"
    return all(f" {word}" in known for word in words.split())


def code_of(postcode: str, city: str) -> str:
    """The Insee code of a town written in an address; empty when no commune, or several, fit."""
    if not postcode or not city:
        return ""
    rows = Commune.objects.filter(postcodes__contains=[postcode], valid_until=None)
    named = [row.code for row in rows.order_by("code") if fold(row.name) == fold(city)]
    return named[0] if len(named) == 1 else ""
