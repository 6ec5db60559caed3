"""What a file may say of somebody: its attributes, by name, as plain values of JSON. Pure.

An attribute that a row leaves empty is absent: it says nothing, and takes nothing away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

Value = Any
"""A text, or a list."""
Values = Mapping[str, Value]

IDENTITY = {
    "family_name": "Nom",
    "birth_name": "Nom de naissance",
    "given_name": "Prénom",
    "birth_date": "Date de naissance",
    "commune": "Commune",
}
"""The fields of a person; the values are those of `people.identity.fields`."""
CONTACTS = {"phone": "Téléphone", "email": "Courriel", "address": "Adresse"}
"""`phone` and `email` are lists, `address` the lines of one."""
NUMBERS = {
    "si": "Identifiant dans le SI",
    "caf": "Numéro CAF",
    "msa": "Numéro MSA",
    "ft": "Identifiant France Travail",
    "nir": "NIR",
}
FACT = "fact."
"""Before the name of a family (`statuses.families`): [code, words], or ["", ""] for « non »."""
FACTS = {
    "fact.rsa": "Droit au RSA",
    "fact.brsa": "Bénéficiaire du RSA",
    "fact.rsa_suspension": "Suspension du RSA",
    "fact.rsa_closing": "Clôture du RSA",
    "fact.are": "ARE",
    "fact.ass": "ASS",
    "fact.prime_activite": "Prime d’activité",
    "fact.rqth": "RQTH",
    "fact.demandeur_emploi": "Demandeur d’emploi",
    "fact.situation": "Situation",
    "fact.study": "Niveau d’études",
    "fact.rome": "Emploi recherché",
    "fact.mobility": "Zone de mobilité",
}
ATTACHED, ADDED, REMOVED = "attached", "added", "removed"
"""Lists of [organization, account]; an empty account is the organization alone."""
CIRCLE = {
    ATTACHED: "Accompagnement",
    ADDED: "Accompagnement ajouté",
    REMOVED: "Accompagnement retiré",
}
ENTRY = "entry"
"""What is left to somebody who may not write of a person: to announce that they came."""
LABELS = IDENTITY | CONTACTS | NUMBERS | FACTS | CIRCLE | {ENTRY: "Entrée annoncée"}


@dataclass(frozen=True)
class Flow:
    """Where rows come from: `name` of the flow (at most 60 signs), origin and date of the entries.

    `opens`: whether somebody whom nobody follows any more comes in again by an entry.
    """

    name: str
    origin: str
    received_on: date
    opens: bool = True


def names_said(values: Values) -> dict[str, str]:
    """The names that a row says, by field."""
    return {
        name: str(values[name])
        for name in ("family_name", "birth_name", "given_name")
        if values.get(name)
    }


def changed(digests: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """The attributes of which something else is said than before."""
    return [name for name, digest in digests.items() if before.get(name) != digest]
