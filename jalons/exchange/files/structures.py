"""The « structures » file: an organization a row, and the manager who will be invited there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jalons.access.actor import Actor
from jalons.access.roles import Role
from jalons.access.table import RECORD
from jalons.kernel.text import fold
from jalons.nomenclature import queries as nomenclature
from jalons.territories.actions.outcomes import Outcome
from jalons.territories.queries import organizations_like
from jalons.territories.rules import kind_in
from jalons.territories.structures.actions.record_organization import (
    Description,
    record_organization,
)
from jalons.territories.team.actions.prepare_invitation import Guest, prepare_invitation

from . import values
from .agreement import Claim, Said
from .bounds import Sheet
from .cells import Cells
from .columns import Column, heading
from .formats import SEVERAL, AmbiguousRow, Done, Row
from .places import Places

COLUMNS = (
    Column("Nom", required=True, example="Atelier des Savoirs (exemple)"),
    Column("Description", example="Ateliers de français et de numérique"),
    Column("Téléphones", example="06 39 98 00 11, 06 39 98 00 12"),
    Column("Adresse", example="12 rue des Lilas"),
    Column("Adresse (complément)", example="2e étage"),
    Column("Code postal", required=True, example="90000"),
    Column("Ville", required=True, example="Belfort"),
    Column("Site web", example="https://atelier.example"),
    Column("Courriel", example="contact@atelier.example"),
    Column("Siret", example="73282932000074"),
    Column("Courriel responsable", required=True, example="jeanne.doucet@atelier.example"),
    Column("Prénom responsable", example="Jeanne"),
    Column("Nom responsable", example="Doucet"),
    Column("Fonction responsable", example="directrice"),
    Column("Téléphones responsable", example="06 39 98 00 13"),
)
ORGANIZATION = {
    "Nom": "name",
    "Description": "description",
    "Téléphones": "phones",
    "Adresse": "address",
    "Adresse (complément)": "address_more",
    "Code postal": "postcode",
    "Ville": "city",
    "Site web": "website",
    "Courriel": "email",
    "Siret": "siret",
}
MANAGER = {
    "Courriel responsable": "email",
    "Prénom responsable": "given_name",
    "Nom responsable": "family_name",
    "Fonction responsable": "function",
    "Téléphones responsable": "phones",
}


@dataclass(frozen=True)
class Structures:
    """`places` knows the postcodes of the file and the communes of the territory."""

    places: Places
    act = RECORD
    columns = COLUMNS

    @classmethod
    def of(cls, territory: int, sheet: Sheet) -> "Structures":
        """Raises Unreadable if the sheet lacks a required column."""
        found = heading(sheet.headers, COLUMNS)
        written = (found.cells(row)["Code postal"] for row in sheet.rows)
        return cls(Places.of(territory, map(_postcode, written)))

    def read(self, cells: Cells) -> Said:
        """The values of a row by column; what is wrong with them is remarked in `cells`."""
        said: Said = {
            "Nom": cells.text("Nom", 200, required=True),
            "Description": cells.text("Description", 5000),
            "Téléphones": cells.phones("Téléphones"),
            "Adresse": cells.text("Adresse", 200),
            "Adresse (complément)": cells.text("Adresse (complément)", 200),
            "Code postal": cells.value("Code postal", values.postcode, required=True),
            "Ville": cells.text("Ville", 100, required=True),
            "Site web": cells.value("Site web", values.website),
            "Courriel": cells.value("Courriel", values.email),
            "Siret": cells.value("Siret", values.siret),
        }
        self.places.look(cells, str(said["Code postal"]), str(said["Ville"]))
        return said | _manager(cells)

    def claims(self, rows: Sequence[Row]) -> dict[int, list[Claim]]:
        """Of each row, its organization and its manager there.

        None for a row without SIRET that two structures of the file answer to.
        """
        sirets: dict[tuple[str, str], set[str]] = {}
        for row in rows:
            sirets.setdefault(_place(row.said), set()).add(str(row.said["Siret"]))
        return {row.number: _claims(row.said, sirets[_place(row.said)] - {""}) for row in rows}

    def apply(self, actor: Actor, claims: list[Said]) -> Done:
        """Raises Refused, AmbiguousRow."""
        described = self._description(claims[0])
        found = organizations_like(
            actor, described.name, described.siret, self.places.place(described.postcode)
        )
        if len(found) > 1:
            raise AmbiguousRow("Nom", SEVERAL)
        held, outcome = record_organization(actor, described, found[0] if found else None)
        guest = Guest(**_named(claims[1], MANAGER))
        invited = prepare_invitation(actor, held, Role.MANAGER, guest)
        if outcome is Outcome.UNCHANGED and invited is not Outcome.UNCHANGED:
            outcome = Outcome.UPDATED
        return Done(outcome, held.pk, invited is Outcome.CREATED)

    def _description(self, said: Said) -> Description:
        kinds = nomenclature.terms("organization_kind")
        kind, sensitive = kind_in(fold(str(said["Nom"])), kinds)
        commune = self.places.commune(str(said["Code postal"]), str(said["Ville"]))
        guessed: dict[str, Any] = {"kind": kind, "sensitive": sensitive, "commune": commune}
        return Description(**_named(said, ORGANIZATION), **guessed)


def _postcode(text: str) -> str:
    try:
        return values.postcode(text)
    except values.Bad:
        return ""


def _manager(cells: Cells) -> Said:
    return {
        "Courriel responsable": cells.value("Courriel responsable", values.email, required=True),
        "Prénom responsable": cells.text("Prénom responsable", 100),
        "Nom responsable": cells.text("Nom responsable", 100),
        "Fonction responsable": cells.text("Fonction responsable", 150),
        "Téléphones responsable": cells.phones("Téléphones responsable"),
    }


def _place(said: Said) -> tuple[str, str]:
    return fold(str(said["Nom"])), str(said["Code postal"])


def _claims(said: Said, sirets: set[str]) -> list[Claim]:
    if not said["Siret"] and len(sirets) > 1:
        return []
    siret = str(said["Siret"]) or next(iter(sirets), "")
    about = (siret,) if siret else _place(said)
    email = str(said["Courriel responsable"])
    organization = {column: said[column] for column in ORGANIZATION}
    return [
        Claim(about, organization),
        Claim((about, email), {column: said[column] for column in MANAGER}),
    ]


def _named(said: Said, names: Mapping[str, str]) -> dict[str, Any]:
    """What is said, by the names of the house."""
    return {name: said[column] for column, name in names.items() if column in said}
