"""A file of a hundred thousand rows matched with a million known persons.

`seconds` is the time of `people.matching.match`, from the rows read to the last verdict;
`false_links` the links made to somebody else; `recall` the share of the known persons' rows that
were linked to them; `review_share` that of the rows left to a human. The same without any social
security number (`without_nir_…`), then `row_ms`: one new row alone, the median of a hundred.

`--existing A.csv --incoming B.csv --truth C.csv` measures the files of another generator: A and B
have the headings of the « bénéficiaires » file plus `Nom de naissance`, C `incoming;existing`.
`--write FOLDER` writes the invented files so, and measures nothing.
"""

import csv
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID, uuid5

from django.db import connections

from jalons.config import databases
from jalons.kernel import clock, row_security
from jalons.kernel.crypto import keyed_hash
from jalons.people import streets
from jalons.people.matching import match
from jalons.people.matching.records import Record, Verdict

from . import population
from .linked import loading
from .linked.files import RATES, Human, Population, Row, arriving_row, known_row
from .measures import emit, percentile
from .synthetic import days

KNOWN, ARRIVING = 1_000_000, 100_000
QUICK_KNOWN, QUICK_ARRIVING = 50_000, 5_000
ALONE = 100
SEED = "linked 1"
HOME = "12 bis, rue Voltaire\n95100 Argenteuil"
"""Known persons are written again when addresses are hashed otherwise."""
Truth = dict[int, UUID | None]
"""The person of each row of the file that arrives, None when nobody knows them."""


@dataclass(frozen=True)
class Files:
    territory: int
    source: UUID
    records: list[Record]
    truth: Truth
    known: int


def run(
    *,
    quick: bool,
    existing: str = "",
    incoming: str = "",
    truth: str = "",
    write: str = "",
    seed: str = SEED,
) -> None:
    with clock.travel(days.NOW):
        if write:
            sizes = (QUICK_KNOWN, QUICK_ARRIVING) if quick else (KNOWN, ARRIVING)
            _write(Path(write), seed, *sizes)
            return
        if existing:
            files = _given(Path(existing), Path(incoming), Path(truth))
        else:
            files = _invented(
                seed, *((QUICK_KNOWN, QUICK_ARRIVING) if quick else (KNOWN, ARRIVING))
            )
        _measure("", files, files.records)
        without = [replace(row, numbers=_without_nir(row)) for row in files.records]
        _measure("without_nir_", files, without)
        _alone(files)


def _measure(name: str, files: Files, records: list[Record]) -> None:
    with row_security.context([files.territory]):
        start = time.perf_counter()
        verdicts = list(match(files.territory, records, files.source))
        spent = time.perf_counter() - start
    expected = sum(person is not None for person in files.truth.values())
    linked = [verdict for verdict in verdicts if verdict.outcome == "same"]
    right = sum(files.truth[verdict.number] == verdict.person for verdict in linked)
    looked = sum(verdict.outcome in ("doubt", "contradiction") for verdict in verdicts)
    size = len(verdicts)
    emit("linkage", f"{name}seconds", spent, "s", size)
    emit("linkage", f"{name}false_links", len(linked) - right, "", size)
    emit("linkage", f"{name}recall", right / max(expected, 1), "", size, digits=4)
    emit("linkage", f"{name}review_share", looked / max(size, 1), "", size, digits=4)


def _alone(files: Files) -> None:
    times = []
    for record in files.records[:ALONE]:
        with row_security.context([files.territory]):
            start = time.perf_counter()
            found: list[Verdict] = list(match(files.territory, [record], files.source))
            times.append((time.perf_counter() - start) * 1_000)
        assert len(found) == 1
    emit("linkage", "row_ms", percentile(times, 0.5), "ms", files.known)
    emit("linkage", "row_p95_ms", percentile(times, 0.95), "ms", files.known)


def _without_nir(row: Record) -> dict[str, str]:
    return {kind: number for kind, number in row.numbers.items() if kind != "nir"}


def _given(existing: Path, incoming: Path, truth: Path) -> Files:
    """The files of somebody else; their persons are loaded anew each time."""
    name = "bench_linked_files"
    with truth.open(encoding="utf-8-sig", newline="") as opened:
        pairs = {row["incoming"]: row["existing"] for row in csv.DictReader(opened, delimiter=";")}
    digest = f"{population.stamp()} {time.time()}"
    databases.keep(name, digest, lambda: _populate(_read(existing), KNOWN))
    rows = list(_read(incoming))
    known = {number: loading.key(pairs.get(row[loading.SI], "")) for number, row in _counted(rows)}
    return _files(rows, known)


def _invented(seed: str, known: int, arriving: int) -> Files:
    """Always the same files; the population is drawn again to know what arrives."""
    know(seed, known)
    drawn = list(drawn_rows(seed, known, arriving))
    rows = [row for row, _ in drawn]
    truth = {number: found for number, (_, found) in enumerate(drawn, 1)}
    return _files(rows, truth)


def know(seed: str, known: int) -> None:
    """Has the database of so many known persons, made once and kept."""
    written = keyed_hash(str(streets.hashed(HOME)), "bench").hex()
    stamp = f"{population.stamp()} {seed} {written}"
    databases.keep(f"bench_linked_{known}", stamp, lambda: _populate(_known(seed, known), known))


def _known(seed: str, number: int) -> Iterator[Row]:
    rng = Random(f"{seed} known")
    for human in Population(seed).humans(number):
        yield known_row(human, rng)


def drawn_rows(seed: str, known: int, number: int) -> Iterator[tuple[Row, UUID | None]]:
    """The rows of the file that arrives, each with the known person it names, if any."""
    rng, people = Random(f"{seed} arriving"), Population(seed)
    wanted, others = number * (1 - RATES["unknown"]) / known, []
    kept: list[tuple[Human, bool]] = []
    for human in people.humans(known):
        if rng.random() < wanted:
            kept.append((human, True))
        elif rng.random() < 0.01:
            others.append(human.nir)
    brothers = [human for human, _ in rng.sample(kept, len(kept))]
    for brother in islice(brothers, number - len(kept)):
        twin = rng.random() < RATES["twin"]
        kept.append((people.twin(brother) if twin else people.human(), False))
    rng.shuffle(kept)
    for rank, (human, is_known) in enumerate(kept, 1):
        row = arriving_row(human, rank, rng, others)
        found = loading.key(known_row(human, Random())[loading.SI]) if is_known else None
        yield row, found


def _files(rows: list[Row], truth: Truth) -> Files:
    with connections[population.ALIAS].cursor() as cursor:
        cursor.execute("SELECT id FROM territories_territory ORDER BY id LIMIT 1")
        territory = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM people_person WHERE territory_id = %s", [territory])
        known = cursor.fetchone()[0]
    records = [loading.record(number, row) for number, row in _counted(rows)]
    return Files(territory, uuid5(loading.NAMES, "arriving"), records, truth, known)


def _counted(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    return enumerate(rows, 1)


def _write(folder: Path, seed: str, known: int, arriving: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    drawn = list(drawn_rows(seed, known, arriving))
    rows = {loading.key(row[loading.SI]): row[loading.SI] for row in _known(seed, known)}
    pairs = ({"incoming": row[loading.SI], "existing": rows.get(its, "")} for row, its in drawn)
    files = {"A": _known(seed, known), "B": (row for row, _ in drawn), "C": pairs}
    for name, lines in files.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as opened:
            first = next(lines)
            writer = csv.DictWriter(opened, list(first), delimiter=";")
            writer.writeheader()
            writer.writerow(first)
            writer.writerows(lines)


def _read(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened, delimiter=";")


def _populate(rows: Iterator[Row], number: int) -> None:
    """A small territory with its staff, then the file of known persons in it."""
    population.populate(100, events=1)
    loading.load(rows, number)
