"""Files made for the tests: invented structures and professionals, in every wrapping."""

import csv
import io
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

STRUCTURE = {
    "Nom*": "Les Ateliers du Fil",
    "Description": "Chantier d’insertion, couture",
    "Téléphones": "06 39 98 00 01, 06 39 98 00 02",
    "Adresse": "3 rue des Filatures",
    "Adresse (complément)": "Bâtiment B",
    "Code postal*": "90000",
    "Ville*": "Belfort",
    "Site web": "https://ateliers.example",
    "Courriel": "contact@ateliers.example",
    "Siret": "73282932000074",
    "Courriel responsable*": "ines.bavoux@ateliers.example",
    "Prénom responsable": "Inès",
    "Nom responsable": "Bavoux",
    "Fonction responsable": "directrice",
    "Téléphones responsable": "06 39 98 00 03",
}
PROFESSIONAL = {
    "Courriel*": "hugo.marande@ateliers.example",
    "Prénom*": "Hugo",
    "Nom*": "Marande",
    "Téléphone": "639980004",
    "Fonction": "Encadrant technique",
}


def a_structure(number: int = 0, /, **values: str) -> dict[str, str]:
    """A structure of its own for each number; `values` by header without its star."""
    made = STRUCTURE | (
        {
            "Nom*": f"Association {number}",
            "Siret": "",
            "Courriel responsable*": f"responsable{number}@asso.example",
        }
        if number
        else {}
    )
    for header, value in values.items():
        name = header.replace("_", " ")
        made[name if name in made else f"{name}*"] = value
    return made


def csv_of(*rows: dict[str, str], delimiter: str = ";") -> bytes:
    """UTF-8 without BOM, the headers of the first row."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def xlsx_of(*rows: list[Any]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Feuille")
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def archive_of(**parts: bytes) -> bytes:
    """A zip of these parts, by name."""
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A spreadsheet of which one part is replaced."""
    found = ZipFile(io.BytesIO(content))
    parts = {each: found.read(each) for each in found.namelist()}
    return archive_of(**parts | {name: part})
