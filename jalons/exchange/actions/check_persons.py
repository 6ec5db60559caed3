"""Checking a file of persons: read, matched, foreseen; nothing of the persons is written."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connection

from jalons.access.actor import Actor, system
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ..files.columns import Heading, heading
from ..files.persons.checking import Check, Watch
from ..files.persons.formats import Foreseen, PersonFormat
from ..files.persons.registered import PERSONS
from ..files.remarks import OUTCOMES
from ..header_maps import renamed
from ..kept_blocks import KeptBlocks
from ..models import Import
from ..rules import CHECK, REASONS
from ..running import Run, move

BATCH = 1000
INSERT = """
INSERT INTO exchange_importedrow (territory_id, account_id, file_import_id, recorded_at, id, number,
    foreseen, errors, warnings, person, changes, first_row, candidates, outcome, invited)
SELECT %s, %s, %s, %s, said.*, '', false
FROM jsonb_to_recordset(%s) AS said (id uuid, number int, foreseen text, errors jsonb,
    warnings jsonb, person uuid, changes jsonb, first_row int, candidates jsonb)
"""


class Stopped(Exception):
    """The import no longer waits: nothing is kept of the check."""


def work_of(actor: Actor, found: Import) -> tuple[PersonFormat, Heading, KeptBlocks]:
    """What reads and writes the rows of an import, in its author's context. Raises Unreadable."""
    form, blocks = PERSONS[found.kind].of(actor), KeptBlocks(found)
    names = renamed(actor, found.kind)
    return form, heading(blocks.headers, form.columns, names), blocks


def check_persons(run: Run, actor: Actor, found: Import, watch: Watch) -> None:
    """Each block is read in a transaction of its own; what is foreseen is kept in one."""
    with run.context():
        form, columns, blocks = work_of(actor, found)
    check = Check(actor, form, columns, blocks, watch)
    for position in blocks.positions():
        with run.context():
            check.read_block(position)
    try:
        with run.context():
            check.match()
            counts = _stage(found, check.foresee())
            held = _held(run)
            counts["ignored"] = len(set(columns.unknown) - set(REASONS.values()))
            counts = held.counts | counts
            move(system(run.territory), held, CHECK, checked_at=clock.now(), counts=counts)
    except Stopped:
        return


def _held(run: Run) -> Import:
    """Raises Stopped."""
    held = run.hold("received")
    if held is None:
        raise Stopped
    return held


def _stage(found: Import, foreseen: Iterator[Foreseen]) -> dict[str, int]:
    counts = dict.fromkeys(("rows", *OUTCOMES, "errors", "warnings"), 0)
    while batch := list(islice(foreseen, BATCH)):
        _insert(found, batch)
        for one in batch:
            counts["rows"] += 1
            counts[one.outcome] += 1
            counts["errors"] += len(one.errors)
            counts["warnings"] += len(one.warnings)
    return counts


def _insert(found: Import, batch: list[Foreseen]) -> None:
    """One statement, of one value: a hundred thousand rows are staged in seconds."""
    rows = [
        {
            "id": str(uuid7()),
            "number": one.number,
            "foreseen": one.outcome,
            "errors": one.errors,
            "warnings": one.warnings,
            "person": str(one.person) if one.person else None,
            "changes": one.changes,
            "first_row": one.first_row,
            "candidates": one.candidates,
        }
        for one in batch
    ]
    owner: list[Any] = [found.territory_id, found.account_id, found.pk, clock.now()]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [*owner, json.dumps(rows)])
