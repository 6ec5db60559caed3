"""A « bénéficiaires » file of invented persons, some of whom the territory knows."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import IO

from django.db import connections

from jalons.exchange.files.persons.beneficiaires import COLUMNS

from .. import population
from ..synthetic import names

KNOWN = 0.7
"""The share of the rows that name somebody of the territory."""
FICTION = 100


def write(file: IO[bytes], count: int, *, new: bool = False) -> None:
    """Rows that are the same each time, or `new`: of persons whom no earlier measure created."""
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.writer(text, delimiter=";")
    writer.writerow([f"{each.name}*" if each.required else each.name for each in COLUMNS])
    rng = Random() if new else Random(f"import {count}")
    known = iter(()) if new else _known(int(count * KNOWN))
    first = rng.randrange(10**7, 10**8 - count) if new else 0
    for number in range(first, first + count):
        writer.writerow(_row(rng, number, next(known, None)))
    text.detach()


def _known(count: int) -> Iterator[tuple[str, str, date]]:
    with connections[population.ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT family_name, given_name, birth_date FROM people_person"
            " WHERE birth_date IS NOT NULL ORDER BY id DESC LIMIT %s",
            [count],
        )
        yield from cursor.fetchall()


def _row(rng: Random, number: int, known: tuple[str, str, date] | None) -> list[str]:
    born = date(1955 + rng.randrange(50), 1 + rng.randrange(12), 1 + rng.randrange(28))
    given = names.drawer(("female", "male")[rng.getrandbits(1)]).draw(rng.random()).written
    family = names.family(rng).written
    family, given, born = known or (family, given, born)
    return [
        f"SI{number:08}",
        given,
        family,
        born.strftime("%d/%m/%Y"),
        _nir(rng, born) if rng.random() < 0.5 else "",
        "Belfort",
        f"06 39 98 00 {rng.randrange(FICTION):02}" if rng.random() < 0.8 else "",
        f"personne{number}@essai.example" if rng.random() < 0.5 else "",
        f"{rng.randrange(1, 200)} rue des Filatures",
        "",
        "90000",
        "Belfort",
        "recherche_emploi",
        f"{rng.randrange(10**7):07}",
        f"{rng.randrange(10**7):07}A",
        "rsa_droit_ouvert_versable",
        "Non",
        "Non",
        "Oui",
        "Non",
        "30",
        "Pontier élingueur / Pontière élingueuse (N1104)",
        "NV5",
        "",
        "",
    ]


def _nir(rng: Random, born: date) -> str:
    """Without its key."""
    sex, place = rng.choice("12"), rng.randrange(1, 990)
    return f"{sex}{born:%y%m}90{place:03}{rng.randrange(1, 999):03}"
