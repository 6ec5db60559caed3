"""Importing a table: every row read, then agreed, then applied, one small transaction a row.

Nothing is remembered between two runs: what a row asks is found done or is done. An import that was
stopped anywhere is run again, and one that was finished changes nothing.
"""

from collections.abc import Callable, Iterator
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
from .formats import SEVERAL, AmbiguousRow, Done, Format, Row
from .remarks import Remark, Report
from .values import ValueKind

CONFLICT = "Une autre ligne du fichier dit autre chose ici. Gardez la bonne, puis renvoyez."
EXAMPLE = "Cette ligne est l’exemple du modèle. Supprimez-la, puis renvoyez."
NOT_YOURS = "Votre mandat ne permet pas de modifier cette structure."


@dataclass(frozen=True)
class Plan:
    """A table once read: what its rows speak of, by number, and what they say together.

    `report` holds the rows that reading rejected, and every warning.
    """

    heading: Heading
    claims: dict[int, list[Claim]]
    agreed: Agreement
    report: Report


@dataclass(frozen=True)
class Settled:
    """A row's outcome, the remarks that explain it, and what was done of it."""

    outcome: str
    errors: tuple[Remark, ...] = ()
    done: Done | None = None


def prepare(sheet: Sheet, form: Format) -> Plan:
    """Reads a table; writes nothing. Raises Unreadable if a required column is missing."""
    found = heading(sheet.headers, form.columns)
    report = Report(unknown_columns=found.unknown)
    claims = form.claims(list(_read(sheet, found, form, report)))
    agreed = agree((number, said) for number, said in claims.items() if said)
    return Plan(found, claims, agreed, report)


def run(
    actor: Actor,
    sheet: Sheet,
    form: Format,
    *,
    apply: bool,
    watch: Callable[[int], object] = int,
) -> Report:
    """Imports a table in the name of an actor, or, unless `apply`, tells what it would do.

    `watch` is told after each row how many are settled. Raises Unreadable.
    """
    plan = prepare(sheet, form)
    with _rolled_back(not apply):
        for count, number in enumerate(plan.claims, 1):
            settled = settle(actor, form, plan, number)
            plan.report.outcomes[number] = settled.outcome
            plan.report.errors += settled.errors
            watch(count)
    return plan.report


def settle(actor: Actor, form: Format, plan: Plan, number: int) -> Settled:
    """Does what one row asks, in a transaction of its own; two imports take turns row by row."""
    claims = plan.claims[number]
    if not claims:
        return _refused(plan, number, "ambiguous", [form.columns[0].name], message=SEVERAL)
    if number in plan.agreed.conflicts:
        return _refused(plan, number, "rejected", plan.agreed.conflicts[number])
    try:
        done = _apply(actor, form, [plan.agreed.said[claim.about] for claim in claims])
    except AmbiguousRow as doubt:
        return _refused(plan, number, "ambiguous", [doubt.column], message=doubt.message)
    except Refused:
        first = [form.columns[0].name]
        return _refused(plan, number, "rejected", first, "unknown_reference", NOT_YOURS)
    return Settled(done.outcome.value, done=done)


def _refused(
    plan: Plan,
    number: int,
    outcome: str,
    columns: list[str],
    kind: ValueKind = "conflict",
    message: str = CONFLICT,
) -> Settled:
    headers = (plan.heading.headers.get(column, column) for column in columns)
    return Settled(outcome, tuple(Remark(number, header, kind, message) for header in headers))


def _read(sheet: Sheet, found: Heading, form: Format, report: Report) -> Iterator[Row]:
    """The rows without error; the others are rejected in the report."""
    example = {column.name: column.example for column in form.columns}
    for number, row in enumerate(sheet.rows, 1):
        cells = Cells(number, found, row)
        said = form.read(cells)
        if cells.say(example):
            cells.wrong(form.columns[0].name, "bad_format", EXAMPLE)
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


def _apply(actor: Actor, form: Format, said: list[Said]) -> Done:
    with row_security.context(actor.territories, actor.account):
        locks.hold(f"exchange.import {actor.territory}")
        return form.apply(actor, said)
