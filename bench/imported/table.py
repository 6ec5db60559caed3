"""A « bénéficiaires » file: rows of `linked`, with what else an institution says of somebody."""

import csv
import io
from collections.abc import Iterable, Iterator
from random import Random
from typing import IO

from jalons.exchange.files.persons.beneficiaires import COLUMNS

from ..linked.files import Population, Row, arriving_row

FACTS = {
    "Situation": "recherche_emploi",
    "Droits RSA": "rsa_droit_ouvert_versable",
    "Droits ARE": "Non",
    "Droits ASS": "Non",
    "Prime d'activité": "Oui",
    "RQTH": "Non",
    "Zone de mobilité": "30",
    "Emploi recherché (code ROME)": "Pontier élingueur / Pontière élingueuse (N1104)",
    "Niveau de formation": "NV5",
}


def write(file: IO[bytes], rows: Iterable[Row]) -> None:
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    headers = [f"{each.name}*" if each.required else each.name for each in COLUMNS]
    writer = csv.DictWriter(text, headers, delimiter=";", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row | FACTS for row in rows)
    text.detach()


def strangers(number: int) -> Iterator[Row]:
    """Rows of persons whom no earlier measure created."""
    rng = Random()
    for rank, human in enumerate(Population(f"{rng.random()}").humans(number)):
        yield arriving_row(human, 10**7 + rng.randrange(9 * 10**7 - number) + rank, rng, [])
