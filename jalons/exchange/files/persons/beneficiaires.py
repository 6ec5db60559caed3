"""The « bénéficiaires » file: a person a row, their numbers, contacts, rights and followers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from jalons.access.actor import Actor
from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.rules import rome_of
from jalons.people import identifiers
from jalons.people.arrivals.rules import ATTACHED, FACT, Flow
from jalons.people.statuses.families import LISTS, RSA_OPEN

from .. import values
from ..cells import Cells
from ..columns import Column
from ..values import Bad
from .agreeing import together
from .directory import Directory
from .formats import Attributes, Find, Saying, Together

COLUMNS = (
    Column("Identifiant dans le SI", required=True, example="SI-000123"),
    Column("Prénom", required=True, example="Camille"),
    Column("Nom", required=True, example="Exemple"),
    Column("Date de naissance", required=True, example="22/04/1997"),
    Column("NIR", example="1970426362001"),
    Column("Lieu de naissance", example="Loriol"),
    Column("Téléphone", example="06 39 98 00 14"),
    Column("Courriel", also="Email", example="camille@exemple.example"),
    Column("Adresse", example="3 rue des Filatures"),
    Column("Adresse (complément)", example="Bâtiment B"),
    Column("Code postal", example="90000"),
    Column("Ville", example="Belfort"),
    Column("Situation", example="recherche_emploi"),
    Column("Numéro allocataire CAF/MSA", example="2055990"),
    Column("Identifiant Pôle emploi", example="1234567A"),
    Column("Droits RSA", example="rsa_droit_ouvert_versable"),
    Column("Droits ARE", example="Non"),
    Column("Droits ASS", example="Non"),
    Column("Prime d’activité", example="Oui"),
    Column("RQTH", example="Non"),
    Column("Zone de mobilité", example="30"),
    Column("Emploi recherché (code ROME)", example="Couturier / Couturière (H2402)"),
    Column("Niveau de formation", example="NV5"),
    Column("Structure", example="Les Ateliers du Fil"),
    Column("Accompagnateurs", example="hugo.marande@ateliers.example"),
)
OF = {
    "family_name": "Nom",
    "given_name": "Prénom",
    "birth_date": "Date de naissance",
    "commune": "Ville",
    "phone": "Téléphone",
    "email": "Courriel",
    "address": "Adresse",
    "si": "Identifiant dans le SI",
    "caf": "Numéro allocataire CAF/MSA",
    "msa": "Numéro allocataire CAF/MSA",
    "ft": "Identifiant Pôle emploi",
    "nir": "NIR",
    f"{FACT}rsa": "Droits RSA",
    f"{FACT}brsa": "Droits RSA",
    f"{FACT}are": "Droits ARE",
    f"{FACT}ass": "Droits ASS",
    f"{FACT}prime_activite": "Prime d’activité",
    f"{FACT}rqth": "RQTH",
    f"{FACT}situation": "Situation",
    f"{FACT}study": "Niveau de formation",
    f"{FACT}rome": "Emploi recherché (code ROME)",
    f"{FACT}mobility": "Zone de mobilité",
    ATTACHED: "Accompagnateurs",
}
"""The column of each attribute. The place of birth is read by nobody, hence kept nowhere."""
ALONE = ("are", "ass", "prime_activite", "rqth")
UNKNOWN_CODE = "Ce code n’est pas connu."
Fact = list[str]


@dataclass(frozen=True)
class Beneficiaires:
    """`own`: the structure to which a manager's persons go when the row names none."""

    directory: Directory
    flow: Flow
    own: str = ""
    kind = "beneficiaires"
    columns = COLUMNS
    find: Find = "match"
    shared_numbers: frozenset[str] = frozenset()

    @classmethod
    def of(cls, actor: Actor, own: str = "") -> "Beneficiaires":
        flow = Flow(f"beneficiaires:{actor.organization}", "partner", clock.today())
        return cls(Directory.of(actor), flow, own)

    def read(self, cells: Cells) -> Saying:
        postcode = cells.coded("Code postal", values.postcode) or ""
        said: Attributes = {
            "si": cells.value("Identifiant dans le SI", values.si, required=True),
            "given_name": cells.value("Prénom", values.name, required=True),
            "family_name": cells.value("Nom", values.name, required=True),
            "birth_date": cells.value("Date de naissance", values.birth_date, required=True),
            "nir": cells.value("NIR", values.nir),
            "phone": cells.phones("Téléphone"),
            "email": _emails(cells),
            "ft": cells.taken("Identifiant Pôle emploi", values.france_travail),
            **self._place(cells, postcode),
            **_allowance_number(cells),
            **self._facts(cells),
            ATTACHED: self._attached(cells),
        }
        kept = {name: value for name, value in said.items() if value}
        return Saying(cells.number, kept, postcode)

    def agree(self, sayings: Sequence[Saying]) -> Together:
        return together(sayings)

    def column_of(self, attribute: str) -> str:
        return OF[attribute]

    def _place(self, cells: Cells, postcode: str) -> Attributes:
        city = cells.raw("Ville")[:100]
        inside, commune = self.directory.place(cells, postcode, city)
        if not inside:
            return {}
        street = [cells.raw("Adresse")[:100], cells.raw("Adresse (complément)")[:90]]
        lines = [*filter(None, street), f"{postcode} {city}".strip()]
        return {
            "address": "\n".join(lines) if any(street) else "",
            "commune": commune,
        }

    def _attached(self, cells: Cells) -> list[list[str]]:
        place = self.directory.organization(cells, "Structure") if cells.raw("Structure") else ""
        place = place or self.own
        pairs = self.directory.professionals(cells, "Accompagnateurs", at=place)
        if place and all(organization != place for organization, _ in pairs):
            return [[place, ""], *pairs]
        return pairs

    def _facts(self, cells: Cells) -> Attributes:
        said: dict[str, Any] = {
            "situation": cells.coded("Situation", partial(_term, "situation")),
            "study": cells.coded("Niveau de formation", partial(_term, "study")),
            "rome": cells.coded("Emploi recherché (code ROME)", self._occupation),
            "mobility": cells.coded("Zone de mobilité", _mobility),
            **_rsa(cells),
        }
        for family in ALONE:
            answer = cells.coded(OF[f"{FACT}{family}"], values.yes)
            said[family] = [family if answer == "oui" else "", ""] if answer else None
        return {f"{FACT}{family}": fact for family, fact in said.items() if fact}

    def _occupation(self, text: str) -> Fact:
        code, label = rome_of(text)
        if code not in self.directory.occupations:
            raise Bad("unknown_code", UNKNOWN_CODE)
        return [code, label or self.directory.occupations[code]]


def _emails(cells: Cells) -> list[str]:
    found = (cells.taken_text("Courriel", text, values.email) for text in cells.several("Courriel"))
    return list(dict.fromkeys(filter(None, found)))


def _allowance_number(cells: Cells) -> Attributes:
    column = "Numéro allocataire CAF/MSA"
    text = cells.raw(column)
    kind = next((each for each in ("caf", "msa") if identifiers.normalised(each, text)), "")
    if text and not kind and not values.is_nothing(text):
        cells.warn(column, "bad_format", "Ce numéro CAF ou MSA n’est pas valable.")
    return {kind: identifiers.normalised(kind, text)} if kind else {}


def _term(family: str, text: str) -> Fact:
    """By code of ours or of France Travail, or by label."""
    name, _ = LISTS[family]
    code = text.lower().replace("é", "e")
    found = next((item for item in nomenclature.terms(name) if item.code == code), None)
    found = found or nomenclature.named(name, text)
    if found is None:
        raise Bad("unknown_code", UNKNOWN_CODE)
    return [found.code, ""]


def _rsa(cells: Cells) -> Attributes:
    """The right itself and, when it is open, being « bénéficiaire du RSA »; else no longer."""
    right = cells.coded("Droits RSA", partial(_term, "rsa"))
    if right is None:
        return {}
    return {"rsa": right, "brsa": ["brsa" if right[0] in RSA_OPEN else "", ""]}


def _mobility(text: str) -> Fact:
    digits = text.lower().removesuffix("km").strip()
    if not digits.isdecimal() or len(digits) > 3:
        raise Bad("unknown_code", "Écrivez un nombre de kilomètres.")
    return [str(int(digits)), f"{int(digits)} km"]
