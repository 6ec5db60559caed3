"""Rows of a « bénéficiaires » file made persons, by COPY; and read as matching reads them."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID, uuid5

from django.db import connections

from jalons.kernel.text import fold
from jalons.nomenclature.models import Commune
from jalons.people import contacts, identifiers, streets
from jalons.people.matching.records import Record
from jalons.people.models import ContactKind, IdentifierKind
from jalons.people.names import indexed, sort_key

from .. import population
from ..synthetic import days, loading
from ..synthetic.progress import Progress
from .files import Row

SI = "Identifiant dans le SI*"
NUMBERS = {
    IdentifierKind.NIR: "NIR",
    IdentifierKind.CAF: "Numéro allocataire CAF/MSA",
    IdentifierKind.FRANCE_TRAVAIL: "Identifiant Pôle emploi",
}
NAMES = UUID("0e1c2b7e-6b0a-5d0e-9d8e-3f1f6a5c4b21")
PERSON = """COPY people_person (id, recorded_at, territory_id, family_name, birth_name, given_name,
    birth_date, commune, epci, language, channel, protected, hidden_address, discreet_contact,
    sort_key, names) FROM STDIN"""
IDENTIFIER = """COPY people_identifier (id, recorded_at, territory_id, person_id, kind, cipher,
    digest) FROM STDIN"""
CONTACT = """COPY people_contact (id, recorded_at, territory_id, person_id, kind, level, domain,
    cipher, digest, street, safe, starts_on) FROM STDIN"""
TABLES = ["people_person", "people_identifier", "people_contact"]
BATCH = 20_000


def key(si: str) -> UUID | None:
    """The person of an identifier of the known file; None for nobody."""
    return uuid5(NAMES, si) if si else None


def record(number: int, row: Row) -> Record:
    phone = contacts.normalised(ContactKind.PHONE, row.get("Téléphone", ""))
    email = contacts.normalised(ContactKind.EMAIL, row.get("Email", ""))
    return Record(
        number=number,
        family_name=row["Nom*"],
        given_name=row["Prénom*"],
        birth_name=row.get("Nom de naissance", ""),
        birth_date=date.fromisoformat(day) if (day := row["Date de naissance*"]) else None,
        phones=(phone,) if phone else (),
        emails=(email,) if email else (),
        address=address(row),
        postal_code=row.get("Code postal", ""),
        numbers=dict(_numbers(row)),
    )


def address(row: Row) -> str:
    street = [row.get(name, "") for name in ("Adresse", "Adresse (complément)")]
    town = f"{row.get('Code postal', '')} {row.get('Ville', '')}".strip()
    return "\n".join(filter(None, [*street, town])) if any(street) else ""


def load(rows: Iterator[Row], number: int) -> None:
    """Some `number` persons, into the first territory of the present database."""
    told = Progress("Personnes connues", number)
    with loading.set_aside(TABLES, population.ALIAS):
        places, done = _places(), 0
        while batch := list(islice(rows, BATCH)):
            _copy(batch, places)
            done += len(batch)
            told.reach(done)
    loading.settle([*TABLES, "people_persontraits", "people_personkey"], population.ALIAS)


def _copy(rows: list[Row], places: dict[str, list[tuple[str, str]]]) -> None:
    with connections[population.ALIAS].cursor() as cursor:
        cursor.execute("SELECT id FROM territories_territory ORDER BY id LIMIT 1")
        territory = cursor.fetchone()[0]
        read = [(key(row[SI]), row, record(0, row)) for row in rows]
        with cursor.copy(PERSON) as copy:
            for person, row, said in read:
                copy.write_row(_person(person, territory, said, _commune(places, row)))
        with cursor.copy(IDENTIFIER) as copy:
            for person, _, said in read:
                for kind, number in said.numbers.items():
                    digest = identifiers.digest(kind, number)
                    its = uuid5(NAMES, f"{person} {kind}")
                    copy.write_row((its, days.NOW, territory, person, kind, b"x", digest))
        with cursor.copy(CONTACT) as copy:
            for person, _, said in read:
                reached = [(ContactKind.PHONE, phone) for phone in said.phones]
                reached += [(ContactKind.EMAIL, email) for email in said.emails]
                reached += [(ContactKind.ADDRESS, said.address)] if said.address else []
                for kind, text in reached:
                    digest, its = contacts.digest(kind, text), uuid5(NAMES, f"{person} {kind}")
                    start = its, days.NOW, territory, person, kind, "identity", ""
                    street = streets.hashed(text) if kind == ContactKind.ADDRESS else []
                    copy.write_row((*start, b"x", digest, street, False, days.NOW.date()))


def _person(person: UUID | None, territory: int, said: Record, commune: str) -> tuple[Any, ...]:
    return (
        *(person, days.NOW, territory, said.family_name, said.birth_name, said.given_name),
        *(said.birth_date, commune, "", "fra", "", False, False, False),
        sort_key(said.family_name, said.given_name),
        indexed(said.family_name, said.birth_name, said.given_name),
    )


def _numbers(row: Row) -> Iterator[tuple[str, str]]:
    for kind, column in NUMBERS.items():
        if number := identifiers.normalised(kind, row.get(column, "")):
            yield kind, number


def _places() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    rows = Commune.objects.using(population.ALIAS).order_by("code")
    for code, name, postcodes in rows.values_list("code", "name", "postcodes"):
        for postcode in postcodes:
            found.setdefault(postcode, []).append((code, fold(name)))
    return found


def _commune(places: dict[str, list[tuple[str, str]]], row: Row) -> str:
    """The commune of a postcode, that of the city when there are several."""
    found = places.get(row.get("Code postal", ""), [])
    city = fold(row.get("Ville", ""))
    return next((code for code, name in found if name == city), found[0][0] if found else "")
