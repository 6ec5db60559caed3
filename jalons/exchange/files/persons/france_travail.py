"""The two extracts of France Travail: « principal », a person a row; « actions », an action a row.

What has no place here yet is emptied as it is read, and told as columns left aside: the constraints
(`dif_…`) and the actions wait for the diagnosis and the pathway.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.kernel.text import fold
from jalons.people.arrivals.rules import ATTACHED, FACT, Flow

from .. import values
from ..cells import Cells
from ..columns import Column
from ..values import Bad
from . import opening
from .agreeing import together
from .directory import Directory
from .formats import Attributes, Find, Saying, Table, Together

ID, FAMILY, GIVEN, BORN = "identifiant_unique_de", "nom", "prenom", "date_naissance"
LINES = tuple(f"adresse_ligne{number}" for number in range(2, 7))
ACTION = "codeaction"
COLUMNS = (
    Column(ID, required=True, example="1234567A"),
    Column(FAMILY, required=True, example="EXEMPLE"),
    Column(GIVEN, required=True, example="CAMILLE"),
    Column(BORN, required=True, example="22/04/1997"),
    *(Column(name) for name in LINES[:-1]),
    Column(LINES[-1], example="90000 BELFORT"),
    Column("rome_1", example="H2402"),
    Column("appelation_rome_1", example="Couturier / Couturière"),
    Column("inscription", example="03/11/2025"),
    Column("struct_principale", example="Les Ateliers du Fil"),
    Column("referent_mail", example="hugo.marande@ateliers.example"),
    Column("brsa", example="O"),
    Column(ACTION),
)
"""`codeaction` tells the extract of the actions: nothing of it is kept."""
LEFT_ASIDE = frozenset(
    {
        *("civilite", "lieu_naissance", "code_lieu_naissance", "departement", "dr"),
        *("rome_2", "appelation_rome_2", "mrech.axetravailprincipal", "mrech.axetravailsecondaire"),
        *("der_entretien_ppae", "der_entretien", "code_motif_inscription", "motif_inscription"),
        *("categorie_inscription", "referent_civilite", "referent_nom", "referent_prenom"),
        *("code_safir", "modalite_accompagnement", "struct_suivi", "suivi_debut"),
        *("suivi_fin_prev", "dif_financiere", "dif_admin_jur", "dif_sante", "dif_logement"),
        *("dif_transport", "dif_inser_com", "dif_familiale", "lblaction", "objectif_formation"),
        *("date_prescription", "date_realisation_action", "date_prev_debut", "date_debut"),
        *("date_fin", "formation", "adr.dc_commune_id", ACTION),
    }
)
"""Columns of either extract of which no cell is kept, even for the time of an import."""
OF = {
    "ft": ID,
    "family_name": FAMILY,
    "given_name": GIVEN,
    "birth_date": BORN,
    "commune": LINES[-1],
    "address": LINES[-1],
    f"{FACT}rome": "rome_1",
    f"{FACT}demandeur_emploi": "inscription",
    f"{FACT}brsa": "brsa",
    ATTACHED: "referent_mail",
}
_CITY = re.compile(r"(\d{5}) +(.+)")
NOTE = (
    "Les contraintes, les autres motifs et dates du suivi et les actions n’ont pas encore de place"
    " dans un dossier\u00a0: ils ne sont gardés nulle part."
)
UNKNOWN_CODE = "Ce code n’est pas connu."


@dataclass(frozen=True)
class FranceTravail:
    directory: Directory
    flow: Flow
    own: str = ""
    kind = "france-travail"
    columns = COLUMNS
    find: Find = "match"
    shared_numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, actor: Actor, own: str = "") -> "FranceTravail":
        flow = Flow(f"france-travail:{actor.organization}", "partner", clock.today())
        return cls(Directory.of(actor), flow, own)

    def read(self, cells: Cells) -> Saying:
        """A row of actions says a number alone: of somebody known, or the row is nobody's."""
        number = cells.value(ID, values.france_travail, required=True)
        if ACTION in cells.heading.positions:
            return Saying(cells.number, {"ft": number})
        postcode, city = self._city(cells)
        said: Attributes = {
            "ft": number,
            "family_name": cells.value(FAMILY, values.name, required=True),
            "given_name": cells.value(GIVEN, values.name, required=True),
            "birth_date": cells.value(BORN, values.birth_date, required=True),
            **self._place(cells, postcode, city),
            ATTACHED: self._attached(cells),
            **self._facts(cells),
        }
        kept = {name: value for name, value in said.items() if value}
        return Saying(cells.number, kept, postcode)

    def agree(self, sayings: Sequence[Saying]) -> Together:
        return together(sayings)

    def column_of(self, attribute: str) -> str:
        return OF.get(attribute, COLUMNS[0].name)

    def _city(self, cells: Cells) -> tuple[str, str]:
        """The last line of the address that begins with a postcode."""
        found = [_CITY.match(cells.raw(name)) for name in LINES]
        written = [(each[1], each[2]) for each in found if each]
        return written[-1] if written else ("", "")

    def _place(self, cells: Cells, postcode: str, city: str) -> Attributes:
        """An address outside the territory is told, and left out."""
        places = self.directory.places
        if not places.look(cells, postcode, city, (LINES[-1], LINES[-1])):
            return {}
        return {
            "commune": places.commune(postcode, city) if postcode else "",
            "address": "\n".join(filter(None, (cells.raw(name)[:100] for name in LINES))),
        }

    def _attached(self, cells: Cells) -> list[list[str]]:
        place = self.directory.organization(cells, "struct_principale") or self.own
        pairs = self.directory.professionals(cells, "referent_mail", at=place)
        if place and all(organization != place for organization, _ in pairs):
            return [[place, ""], *pairs]
        return pairs

    def _facts(self, cells: Cells) -> Attributes:
        bound = cells.coded("brsa", values.yes)
        said: dict[str, Any] = {
            "rome": self._occupation(cells),
            "demandeur_emploi": _registered(cells),
            "brsa": ["brsa" if bound == "oui" else "", ""] if bound else None,
        }
        return {f"{FACT}{family}": fact for family, fact in said.items() if fact}

    def _occupation(self, cells: Cells) -> list[str] | None:
        code = cells.raw("rome_1").upper()
        if code and code not in self.directory.occupations:
            cells.warn("rome_1", "unknown_code", UNKNOWN_CODE)
            return None
        label = cells.raw("appelation_rome_1") or self.directory.occupations.get(code, "")
        return [code, label] if code else None


def opened(file: BinaryIO, name: str, actor: Actor) -> Table:
    """Raises Unreadable. The extract of the actions gets the columns that it lacks, empty."""
    table = opening.opened(file, name, actor)
    known = {fold(header) for header in table.headers}
    lacking = [one for one in (FAMILY, GIVEN, BORN) if fold(one) not in known]
    added = lacking if fold(ACTION) in known else []
    aside = {fold(one) for one in LEFT_ASIDE}
    places = {at for at, header in enumerate(table.headers) if fold(header) in aside}
    rows = _emptied(table.rows, places, len(table.headers), len(added))
    return Table([*table.headers, *added], rows, table.counted)


def _emptied(
    rows: Iterator[list[str]], places: set[int], width: int, added: int
) -> Iterator[list[str]]:
    for row in rows:
        kept = ["" if at in places else cell for at, cell in enumerate(row)]
        yield [*kept, *[""] * (max(width - len(kept), 0) + added)] if added else kept


def _registered(cells: Cells) -> list[str] | None:
    """« inscription » is the day of it, or yes or no."""

    def since(text: str) -> str:
        try:
            return values.day(text)
        except Bad:
            return values.yes(text)

    said = cells.taken("inscription", since)
    if said == "non":
        return ["", ""]
    day = [said] if said and said != "oui" else []
    return ["demandeur_emploi", "", *day] if said else None
