"""Brings the tables to what the files say, in bulk, as the owner of the tables.

Loading twice changes nothing. What left a file is closed at the date of its new edition, never
deleted; a territory's own entries are never touched. An older edition never replaces a newer one
that a command imported.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connections, transaction

from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from . import bulk, cache, files, search
from .files import DATA, Row
from .models import Appellation, Commune, Edition, Rome, SearchWord, Term

Coded = Commune | Rome | Appellation
Named = tuple[str, tuple[str, ...], list[str]]
"""A code, its names, and the other codes that find it."""
SHAPERS = [Path(__file__), Path(files.__file__), Path(search.__file__)]
"""The code that shapes the rows: a change of it reloads them."""


@dataclass(frozen=True)
class DataSet:
    """Files of one edition, and `fill(alias, version)`, which returns how many rows changed."""

    name: str
    sources: tuple[Path, ...]
    fill: Callable[[str, date], int]


def load(alias: str = "migrator") -> None:
    """Loads what is shipped, where it is newer than what the database of `alias` holds."""
    for data_set in DATA_SETS:
        record_edition(
            alias,
            data_set.name,
            files.version(data_set.name),
            files.digest(*data_set.sources, *SHAPERS),
            data_set.fill,
        )


def record_edition(
    alias: str, name: str, version: date, digest: str, fill: Callable[[str, date], int]
) -> int:
    """Fills one data set and notes its edition; returns the number of rows changed.

    Nothing is done when the database holds this very edition or a later one.
    """
    with transaction.atomic(using=alias):
        _lock(alias, name)
        known = Edition.objects.using(alias).filter(name=name).first()
        if known and (known.digest == digest or known.version > version):
            return 0
        changed = fill(alias, version)
        Edition.objects.using(alias).update_or_create(
            name=name, defaults={"version": version, "digest": digest, "stamp": uuid4()}
        )
        transaction.on_commit(cache.forget, using=alias)
        return changed


def _lock(alias: str, name: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"nomenclature {name}"]
        )


def fill_terms(alias: str, version: date) -> int:
    recorded = {"recorded_at": clock.now()}
    rows = ({"id": uuid7(), **row, **recorded} for row in files.terms())
    return bulk.merge(
        alias,
        "nomenclature_term",
        rows,
        key=("list", "code", "territory", "valid_from"),
        kept=("id", "recorded_at"),
        until=version,
        among="territory IS NULL",
    )


def fill_communes(alias: str, version: date) -> int:
    return merge_communes(alias, files.communes(), version)


def merge_communes(alias: str, rows: Iterable[Row], version: date) -> int:
    """Each row holds every column but `search` and the validity."""
    shaped = (
        row | {"search": search.search_text(*_names(row), codes=row["postcodes"])} for row in rows
    )
    return _merge(alias, Commune, shaped, version, _communes_named)


def _names(row: Row) -> tuple[str, ...]:
    return (row["name"], *row["other_names"])


def _communes_named(alias: str) -> Iterator[Named]:
    columns = ("code", "name", "other_names", "postcodes")
    for row in Commune.objects.using(alias).order_by().values(*columns):
        yield row["code"], _names(row), row["postcodes"]


def fill_occupations(alias: str, version: date) -> int:
    return merge_occupations(alias, files.occupations(), version)


def merge_occupations(alias: str, rows: Iterable[Row], version: date) -> int:
    """Each row holds `code` and `label`."""
    shaped = (
        row | {"search": search.search_text(row["label"], codes=[row["code"]])} for row in rows
    )
    return _merge(alias, Rome, shaped, version, _occupations_named)


def _occupations_named(alias: str) -> Iterator[Named]:
    for row in Rome.objects.using(alias).order_by():
        yield row.code, (row.label,), [row.code]


def merge_appellations(alias: str, rows: Iterable[Row], version: date) -> int:
    """Each row holds `code` (OGR), `rome_id` and `label`."""
    shaped = (row | {"search": search.search_text(row["label"])} for row in rows)
    return _merge(alias, Appellation, shaped, version, _appellations_named)


def _appellations_named(alias: str) -> Iterator[Named]:
    for row in Appellation.objects.using(alias).order_by():
        yield row.code, (row.label,), []


def _merge(
    alias: str,
    model: type[Coded],
    rows: Iterable[Row],
    version: date,
    named: Callable[[str], Iterator[Named]],
) -> int:
    since, scope = _since(alias, model, version), model.__name__.lower()
    changed = bulk.merge(
        alias,
        f"nomenclature_{scope}",
        (row | since for row in rows),
        key=("code",),
        kept=("valid_from",),
        until=version,
    )
    if changed:
        _index(alias, scope, named(alias))
    return changed


def _since(alias: str, model: type[Coded], version: date) -> Row:
    """The validity of a new row: since always in the first edition loaded, else since this one."""
    first = not model.objects.using(alias).exists()
    return {"valid_from": None if first else version, "valid_until": None}


def _index(alias: str, scope: str, named: Iterable[Named]) -> None:
    """Writes the words of a scope anew."""
    lines = [
        {"scope": scope, "word": word, "code": code}
        for code, names, codes in named
        for word in sorted(search.search_words(*names, codes=codes))
    ]
    SearchWord.objects.using(alias).filter(scope=scope).delete()
    bulk.copy(alias, "nomenclature_searchword", lines)


def _terms_sources() -> Iterator[Path]:
    yield DATA / "lists.csv"
    yield from sorted((DATA / "terms").glob("*.csv"))


DATA_SETS = [
    DataSet("terms", tuple(_terms_sources()), fill_terms),
    DataSet(
        "communes",
        (DATA / "communes.csv.gz", DATA / "epci.csv", DATA / "departements.csv"),
        fill_communes,
    ),
    DataSet("rome", (DATA / "rome.csv",), fill_occupations),
]


def report() -> dict[str, Any]:
    """What the application's database holds: rows by table, date by edition."""
    counts = {model.__name__: model.objects.count() for model in (Term, Commune, Rome, Appellation)}
    return counts | dict(Edition.objects.order_by("name").values_list("name", "version"))
