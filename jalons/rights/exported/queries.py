"""Exports of lists: one's own, and those of the territory; nothing about anybody in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.decisions import require, visible_to
from jalons.access.identity import MandateLabel, mandates_of, names_of
from jalons.access.levels import Level
from jalons.access.models import Export
from jalons.access.purposes import PURPOSES
from jalons.access.table import SEE_EXPORTS
from jalons.kernel import clock
from jalons.territories.relations import ConsortiumFacts

LISTS = {
    "desk:caseload_export": "Liste de personnes",
    "people:entries_export": "Entrées",
    "people:load_export": "Charge des structures",
    "people:quality_export": "Qualité des données",
    "rights:consultations_export": "Qui a consulté un dossier",
    "territories:team_export": "Équipe",
}
SHOWN_LATE = 50


@dataclass(frozen=True)
class Line:
    """`name` and `work` say who exported; `late`: its date has passed, nobody destroyed it."""

    row: Export
    label: str
    purpose: str
    late: bool
    name: str = ""
    work: str = ""


def own_exports(actor: Actor) -> "QuerySet[Export]":
    """The actor's own in this territory, the last first."""
    own = visible_to(actor, "list_export", Level.PRIVATE)
    return Export.objects.filter(own).order_by("-recorded_at", "-id")


def of_the_territory(actor: Actor) -> "QuerySet[Export]":
    """Everybody's, the last first. Raises Refused."""
    require(actor, SEE_EXPORTS, ConsortiumFacts(actor.territory or 0))
    seen = visible_to(actor, "list_export", Level.OPEN)
    return Export.objects.filter(seen).order_by("-recorded_at", "-id")


def late(found: "QuerySet[Export]") -> "QuerySet[Export]":
    """Those whose date has passed and that nobody said to be destroyed, the oldest first."""
    overdue = found.filter(destroyed_on=None, destroy_on__lte=clock.today())
    return overdue.order_by("destroy_on", "id")


def own_lines(rows: Iterable[Export]) -> list[Line]:
    return [_line(row) for row in rows]


def lines(rows: Iterable[Export]) -> list[Line]:
    """With who exported and where they work today; two queries."""
    found = list(rows)
    accounts = {row.account for row in found}
    names, mandates = names_of(accounts), mandates_of(accounts)
    return [_line(row, names.get(row.account, ""), _work(row.account, mandates)) for row in found]


def _line(row: Export, name: str = "", work: str = "") -> Line:
    purpose = PURPOSES.get(row.purpose)
    overdue = row.destroy_on is not None and row.destroy_on <= clock.today()
    return Line(
        row,
        LISTS.get(row.page, "Une liste"),
        purpose.label if purpose else "",
        overdue and row.destroyed_on is None,
        name,
        work,
    )


def _work(account: UUID, mandates: dict[UUID, list[MandateLabel]]) -> str:
    held = mandates.get(account, [])
    return ", ".join(dict.fromkeys(each.organization_name for each in held))
