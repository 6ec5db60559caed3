"""Whom and what a file of persons may name: structures, professionals, communes, occupations."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.roles import Role
from jalons.access.table import RECEIVE_FROM_FILE
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune, Rome
from jalons.territories.models import Organization, Territory
from jalons.territories.queries import mandates_of_territory

from ..cells import Cells
from ..places import Places
from ..values import Bad, ValueKind, email

Pair = list[str]
"""[organization, account], as `people.arrivals.rules` has them."""


Told = tuple[str, ValueKind, str]
"""A column, a kind of remark, a message."""


@dataclass
class _Heard:
    """What is remarked of an address, to be said again of the next rows that give it."""

    remarks: list[Told] = field(default_factory=list)

    def warn(self, column: str, kind: ValueKind, message: str) -> None:
        self.remarks.append((column, kind, message))


class _Postcodes(dict[str, list[Commune]]):
    """The communes of each postcode, asked for once."""

    def get(self, postcode: str, default: object = None) -> list[Commune]:
        del default
        if postcode not in self:
            rows = Commune.objects.filter(postcodes__contains=[postcode]).order_by("code")
            self[postcode] = list(rows)
        return self[postcode]


@dataclass(frozen=True)
class Directory:
    """Of a territory, as far as the actor may give persons to follow there."""

    places: Places
    organizations: dict[str, list[str]]
    accounts: dict[str, list[Pair]]
    visited: dict[tuple[str, str], tuple[bool, str, list[Told]]] = field(default_factory=dict)

    @classmethod
    def of(cls, actor: Actor) -> "Directory":
        assert actor.territory
        inside = Territory.objects.values_list("communes", flat=True).get(pk=actor.territory)
        seen = visible_to(actor, "organization", None, act=RECEIVE_FROM_FILE)
        organizations: dict[str, list[str]] = defaultdict(list)
        allowed = set()
        for key, name, siret in Organization.objects.filter(seen).values_list(
            "pk", "name", "siret"
        ):
            allowed.add(key)
            for said in {fold(name), siret} - {""}:
                organizations[said].append(str(key))
        accounts: dict[str, list[Pair]] = defaultdict(list)
        for mandate in mandates_of_territory(actor.territory, clock.today()):
            if mandate.role == Role.PRACTITIONER and mandate.organization_id in allowed:
                pair = [str(mandate.organization_id), str(mandate.account_id)]
                accounts[mandate.account.email.lower()].append(pair)
        places = Places(_Postcodes(), frozenset(inside))
        return cls(places, dict(organizations), dict(accounts))

    @cached_property
    def occupations(self) -> dict[str, str]:
        return dict(Rome.objects.values_list("code", "label"))

    def place(self, cells: Cells, postcode: str, city: str) -> tuple[bool, str]:
        """Whether an address is one of the territory, or unsure, and its commune; asked once."""
        key = (postcode, city)
        if key not in self.visited:
            heard = _Heard()
            inside = self.places.look(heard, postcode, city)
            commune = self.places.commune(postcode, city) if postcode else ""
            self.visited[key] = (inside, commune, heard.remarks)
        inside, commune, remarks = self.visited[key]
        for remark in remarks:
            cells.warn(*remark)
        return inside, commune

    def organization(self, cells: Cells, column: str) -> str:
        """The key of the structure that a cell names; "" with a warning when it is unsure."""
        text = cells.raw(column)
        return self._called(cells, column, text) if text else ""

    def structures(self, cells: Cells, column: str) -> list[str]:
        named = (part.strip() for part in cells.raw(column).split(","))
        found = (self._called(cells, column, text) for text in named if text)
        return list(dict.fromkeys(filter(None, found)))

    def _called(self, cells: Cells, column: str, text: str) -> str:
        digits = "".join(text.split())
        found = self.organizations.get(digits if digits.isdigit() else fold(text), [])
        if len(found) == 1:
            return found[0]
        message = (
            "Plusieurs structures portent ce nom. Donnez le SIRET."
            if found
            else "Aucune structure où vous pouvez rattacher une personne ne porte ce nom."
        )
        cells.warn(column, "unknown_reference", message)
        return ""

    def professionals(self, cells: Cells, column: str, *, at: str = "") -> list[Pair]:
        """Those whom a cell names by e-mail: at this structure when they work there."""
        found = []
        for text in cells.raw(column).replace(";", ",").replace(" ", ",").split(","):
            pair = self._professional(cells, column, text, at) if text else None
            if pair and pair not in found:
                found.append(pair)
        return found

    def _professional(self, cells: Cells, column: str, text: str, at: str) -> Pair | None:
        try:
            pairs = self.accounts.get(email(text), [])
        except Bad as bad:
            cells.warn(column, bad.kind, bad.message)
            return None
        if not pairs:
            message = "Aucun professionnel à qui vous pouvez confier une personne n’a ce courriel."
            cells.warn(column, "unknown_reference", message)
            return None
        return next((pair for pair in pairs if pair[0] == at), pairs[0])
