"""The lists as they are shipped: readable files under `data/`, read whole."""

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jalons.access.levels import Level

from .rules import strictest

DATA = Path(__file__).parent / "data"
YES = "oui"
TERM_COLUMNS = {
    "code",
    "label",
    "short",
    "also",
    "parent",
    "level",
    "domain",
    "sensitive",
    "valid_from",
    "valid_until",
}
"""Any other column of a list's file is a partner, and holds its code for the entry."""
Row = dict[str, Any]


class UnknownList(LookupError):
    """No list of this name is shipped."""


@dataclass(frozen=True)
class Catalogued:
    """A list: its French name, whether a territory may add to it, and its entries' least level.

    `parents` is the list that its entries are attached to, if any; `source` a key of
    data/README.md.
    """

    name: str
    label: str
    extensible: bool
    level: Level
    parents: str
    source: str


@cache
def catalogue() -> dict[str, Catalogued]:
    """The lists by name, in the order of the file."""
    return {
        row["list"]: Catalogued(
            name=row["list"],
            label=row["label"],
            extensible=row["extensible"] == YES,
            level=Level(row["level"]),
            parents=row["parent_list"],
            source=row["source"],
        )
        for row in read(DATA / "lists.csv")
    }


def catalogued(name: str) -> Catalogued:
    """Raises UnknownList."""
    try:
        return catalogue()[name]
    except KeyError:
        raise UnknownList(name) from None


def read(path: Path, delimiter: str = ";") -> Iterator[dict[str, str]]:
    """The lines of a CSV file, gzipped or not, UTF-8 with or without a mark, by column."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, delimiter=delimiter)


def terms() -> Iterator[Row]:
    """Every national entry, in order; an entry without a domain has its parent's."""
    domains: dict[tuple[str, str], str] = {}
    for name, listed in catalogue().items():
        for position, row in enumerate(read(DATA / "terms" / f"{name}.csv")):
            parent = row.get("parent") or ""
            domain = row.get("domain") or domains.get((listed.parents, parent), "")
            domain = row["code"] if name == "domain" else domain
            domains[name, row["code"]] = domain
            yield _term(listed, position, row) | {"domain": domain, "parent": parent}


def _term(listed: Catalogued, position: int, row: dict[str, str]) -> Row:
    level = row.get("level")
    return {
        "list": listed.name,
        "code": row["code"],
        "territory": None,
        "label": row["label"],
        "short": row.get("short") or "",
        "also": row.get("also") or "",
        "level": strictest(listed.level, Level(level)) if level else listed.level,
        "codes": {key: row[key] for key in row.keys() - TERM_COLUMNS if row[key]},
        "sensitive": row.get("sensitive") == YES,
        "position": position,
        "valid_from": _date(row.get("valid_from")),
        "valid_until": _date(row.get("valid_until")),
    }


def communes() -> Iterator[Row]:
    departements = {row["code"]: row["name"] for row in read(DATA / "departements.csv")}
    groups = {row["siren"]: row["name"] for row in read(DATA / "epci.csv")}
    for row in read(DATA / "communes.csv.gz"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "other_names": row["other_names"].split("|") if row["other_names"] else [],
            "parent": row["parent"],
            "departement": row["departement"],
            "departement_name": departements[row["departement"]],
            "epci": row["epci"],
            "epci_name": groups.get(row["epci"], ""),
            "postcodes": row["postcodes"].split(),
            "population": int(row["population"]),
            "latitude": _degrees(row["latitude"]),
            "longitude": _degrees(row["longitude"]),
            "approximate": bool(row["approximate"]),
        }


def occupations() -> Iterator[Row]:
    yield from read(DATA / "rome.csv")


def version(name: str) -> date:
    """The date of a data set: `terms`, `communes` or `rome`."""
    versions = {row["name"]: row["version"] for row in read(DATA / "editions.csv")}
    return date.fromisoformat(versions[name])


def digest(*paths: Path) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _degrees(text: str) -> Decimal | None:
    return Decimal(text) if text else None
