"""The files that Insee and France Travail publish, as rows for `loading`.

Insee's list of communes (code officiel géographique) brings codes, names and départements; the
rest (intercommunalité, postcodes, point) stays as it is known. It leaves out the overseas
collectivities, which stay untouched.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from .files import Row
from .models import Commune

COMMUNE_COLUMNS = {"TYPECOM", "COM", "DEP", "LIBELLE", "COMPARENT"}
ROME_COLUMNS = {"code_rome", "libelle_rome"}
APPELLATION_COLUMNS = {"code_ogr", "libelle_appellation_long", "code_rome"}
KNOWN = (
    "code",
    "name",
    "other_names",
    "parent",
    "departement",
    "departement_name",
    "epci",
    "epci_name",
    "postcodes",
    "population",
    "latitude",
    "longitude",
    "approximate",
)
Lines = list[dict[str, str]]


class BadFile(ValueError):
    """Not the file expected; the message says so in French."""


def communes(path: Path, alias: str) -> Iterator[Row]:
    """Every commune from now on: those of the file, completed, and those it does not deal with."""
    lines = _table(path.read_bytes(), COMMUNE_COLUMNS, path.name)
    held = Commune.objects.using(alias).filter(valid_until=None).order_by("code").values(*KNOWN)
    known = {row["code"]: row for row in held}
    listed = [line for line in lines if line["TYPECOM"] in ("COM", "ARM")]
    names = {row["departement"]: row["departement_name"] for row in known.values()}
    others = _other_names(lines, {line["COM"]: line["LIBELLE"] for line in listed})
    for line in listed:
        row = known.pop(line["COM"], None) or _new(line["COM"])
        yield row | {
            "name": _apostrophe(line["LIBELLE"]),
            "other_names": others[line["COM"]],
            "parent": line["COMPARENT"] if line["TYPECOM"] == "ARM" else "",
            "departement": line["DEP"],
            "departement_name": names.get(line["DEP"], ""),
        }
    covered = {line["DEP"] for line in listed}
    yield from (row for row in known.values() if row["departement"] not in covered)


def _other_names(lines: Lines, names: dict[str, str]) -> dict[str, list[str]]:
    """By commune, the names of the delegated and associated communes it took in."""
    others: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        seat = line["COMPARENT"]
        if line["TYPECOM"] in ("COMD", "COMA") and line["LIBELLE"] != names.get(seat):
            others[seat].append(_apostrophe(line["LIBELLE"]))
    return others


def _new(code: str) -> Row:
    return dict.fromkeys(KNOWN) | {
        "code": code,
        "epci": "",
        "epci_name": "",
        "postcodes": [],
        "population": 0,
        "approximate": False,
    }


def occupations(path: Path) -> Iterator[Row]:
    for line in _rome_table(path, "referentiel_code_rome", ROME_COLUMNS):
        yield {"code": line["code_rome"], "label": _apostrophe(line["libelle_rome"])}


def appellations(path: Path) -> Iterator[Row]:
    for line in _rome_table(path, "referentiel_appellation", APPELLATION_COLUMNS):
        yield {
            "code": line["code_ogr"],
            "rome_id": line["code_rome"],
            "label": _apostrophe(line["libelle_appellation_long"]),
        }


def _rome_table(path: Path, name: str, columns: set[str]) -> Lines:
    for found, content in _contents(path):
        if name in found and found.endswith(".csv"):
            return _table(content, columns, found)
    raise BadFile(f"{path.name} ne contient pas de fichier « {name}….csv ».")


def _contents(path: Path) -> Iterable[tuple[str, bytes]]:
    """The files of a folder or of a ZIP archive."""
    if path.is_dir():
        return ((file.name, file.read_bytes()) for file in sorted(path.glob("*.csv")))
    if not zipfile.is_zipfile(path):
        raise BadFile(f"{path.name} n’est ni un dossier ni une archive ZIP.")
    archive = zipfile.ZipFile(path)
    return ((name, archive.read(name)) for name in sorted(archive.namelist()))


def _table(content: bytes, columns: set[str], name: str) -> Lines:
    text = content.decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    missing = columns - set(reader.fieldnames or ())
    if missing:
        raise BadFile(f"{name} : colonnes absentes : {', '.join(sorted(missing))}.")
    return list(reader)


def _apostrophe(text: str) -> str:
    return text.strip().replace("'", "’")
