"""Importing a table: every row read, then agreed, then applied, one small transaction a row.

Nothing is remembered between two runs: what a row asks is found done or is done. An import that was
stopped anywhere is run again, and one that was finished changes nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.kernel import locks, row_security

from .agreement import Agreement, Claim, Said, agree
from .bounds import Sheet
from .cells import Cells
from .columns import Heading, heading
from .formats import SEVERAL, AmbiguousRow, Format, Row
from .remarks import Remark, Report
from .values import ValueKind

CONFLICT = "Une autre ligne du fichier dit autre chose ici. Gardez la bonne, puis renvoyez."


NOT_YOURS = "Votre mandat ne permet pas de modifier cette structure."


@dataclass(frozen=True)
class Plan:
    """What each row speaks of, by its number, and what the rows say together."""

    claims: dict[int, list[Claim]]
    agreed: Agreement


def run(actor: Actor, sheet: Sheet, form: Format, *, apply: bool) -> Report:
    """Imports a table in the name of an actor, or, unless `apply`, tells what it would do.

    Raises Unreadable if the table lacks a required column.
    """
    found = heading(sheet, form.columns)
    report = Report(unknown_columns=found.unknown)
    rows = list(_read(sheet, found, form, report))
    claims = form.claims(rows)
    plan = Plan(claims, agree((number, said) for number, said in claims.items() if said))
    with _rolled_back(not apply):
        for row in rows:
            settled = _settle(actor, form, row.number, plan)
            report.outcomes[row.number] = settled.outcome
            report.errors += (
                Remark(row.number, found.headers[column], settled.kind, settled.message)
                for column in settled.columns
            )
    return report


def _read(sheet: Sheet, found: Heading, form: Format, report: Report) -> Iterator[Row]:
    """The rows without error; the others are rejected in the report."""
    for number, row in enumerate(sheet.rows, 1):
        cells = Cells(number, found, row)
        said = form.read(cells)
        report.warnings += cells.warnings
        report.errors += cells.errors
        report.outcomes[number] = "rejected"
        if not cells.errors:
            yield Row(number, said)


@contextmanager
def _rolled_back(trial: bool) -> Iterator[None]:
    """A trial does everything, then takes it back: it tells what the real run would."""
    if not trial:
        yield
        return
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass(frozen=True)
class Settled:
    """A row's outcome, and the columns that explain it."""

    outcome: str
    columns: tuple[str, ...] = ()
    kind: ValueKind = "conflict"
    message: str = ""


def _settle(actor: Actor, form: Format, number: int, plan: Plan) -> Settled:
    first = form.columns[0].name
    claims = plan.claims[number]
    if not claims:
        return Settled("ambiguous", (first,), message=SEVERAL)
    if number in plan.agreed.conflicts:
        return Settled("rejected", tuple(plan.agreed.conflicts[number]), message=CONFLICT)
    try:
        outcome = _apply(actor, form, [plan.agreed.said[claim.about] for claim in claims])
    except AmbiguousRow as doubt:
        return Settled("ambiguous", (doubt.column,), message=doubt.message)
    except Refused:
        return Settled("rejected", (first,), "unknown_reference", NOT_YOURS)
    return Settled(outcome)


def _apply(actor: Actor, form: Format, said: list[Said]) -> str:
    """One transaction: two imports of one territory take turns, row by row."""
    with row_security.context(actor.territories, actor.account):
        locks.hold(f"exchange.import {actor.territory}")
        return form.apply(actor, said).value
