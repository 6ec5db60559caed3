"""Files of invented persons, as institutions write them."""

from hashlib import blake2b
from typing import Any

from tests.exchange.imports import Consortium
from tests.exchange.tables import csv_of

BENEFICIAIRE = {
    "Identifiant dans le SI*": "12345",
    "Prénom*": "Elwina",
    "Nom*": "Trabucq",
    "Date de naissance*": "1997-04-22",
    "NIR": "",
    "Lieu de naissance": "Loriol",
    "Téléphone": "0639980021, 071234567",
    "Email": "elwina@essai.example",
    "Adresse": "11 rue du Moulin",
    "Adresse (complément)": 'Lieu-dit "Le Pré"',
    "Code postal": "90000",
    "Ville": "Belfort",
    "Situation": "recherche_emploi",
    "Numéro allocataire CAF/MSA": "2055990",
    "Identifiant Pôle emploi": "300000L",
    "Droits RSA": "rsa_droit_ouvert_versable",
    "Droits ARE": "",
    "Droits ASS": "Oui",
    "Prime d'activité": "Non",
    "RQTH": "",
    "Zone de mobilité": "30",
    "Emploi recherché (code ROME)": "Pontier élingueur / Pontière élingueuse (N1104)",
    "Niveau de formation": "NV4",
    "Structure": "",
    "Accompagnateurs": "",
}
EMPTY = dict.fromkeys(BENEFICIAIRE, "")


def a_person_row(number: int = 0, /, **values: str) -> dict[str, str]:
    """Somebody of their own for each number; `values` by header without its star."""
    made = BENEFICIAIRE | (
        EMPTY
        | {
            "Identifiant dans le SI*": f"SI{number:06}",
            "Prénom*": "Anaëlle",
            "Nom*": f"Ker{a_word(number)}",
            "Date de naissance*": f"{1960 + number % 40}-{1 + number % 12:02}-{1 + number % 28:02}",
        }
        if number
        else {}
    )
    for header, value in values.items():
        name = header.replace("_", " ")
        made[name if name in made else f"{name}*"] = value
    return made


def a_word(number: int) -> str:
    """A word for a number, far from its neighbours': names hold no digit, and are compared."""
    signs = blake2b(str(number).encode(), digest_size=8).digest()
    return "".join(chr(ord("a") + sign % 26) for sign in signs)


def persons(here: Consortium, *rows: dict[str, str], email: str = "") -> dict[str, Any]:
    return here.load(csv_of(*rows), "beneficiaires", email=email)
