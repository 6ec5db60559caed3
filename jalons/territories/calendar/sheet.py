"""The deployment calendar as a file: its actions, then its milestones."""

from collections.abc import Iterator
from typing import Any

from jalons.access.actor import Actor
from jalons.kernel.exports import Column, Kind, Sheet

from .queries import lines, milestone_lines

COLUMNS = [
    Column("nature", "Nature"),
    Column("axis", "Axe"),
    Column("title", "Intitulé"),
    Column("organization", "Structure responsable"),
    Column("owner", "Personne responsable"),
    Column("starts_on", "Début prévu", Kind.DATE),
    Column("due_on", "Fin prévue", Kind.DATE),
    Column("started_on", "Commencée le", Kind.DATE),
    Column("ended_on", "Terminée, atteinte ou abandonnée le", Kind.DATE),
    Column("state", "État"),
    Column("reason", "Motif d’abandon"),
]
LABELS = {
    "planned": "Prévue",
    "in_progress": "En cours",
    "late": "En retard",
    "done": "Terminée",
    "dropped": "Abandonnée",
}
MILESTONES = {"expected": "À venir", "late": "En retard", "reached": "Atteint"}


def deployment_sheet(actor: Actor, territory: str) -> Sheet:
    return Sheet(
        name="calendrier-de-deploiement",
        title="Calendrier de déploiement",
        columns=COLUMNS,
        rows=[*_actions(actor), *_milestones(actor)],
        territory=territory,
    )


def _actions(actor: Actor) -> Iterator[dict[str, Any]]:
    for axis, line in lines(actor):
        yield {
            "nature": "Action",
            "axis": axis,
            "title": line.title,
            "organization": line.organization,
            "owner": line.owner,
            "starts_on": line.dates.starts_on,
            "due_on": line.dates.due_on,
            "started_on": line.dates.started_on,
            "ended_on": line.dates.done_on or line.dates.dropped_on,
            "state": LABELS[line.standing],
            "reason": line.drop_reason,
        }


def _milestones(actor: Actor) -> Iterator[dict[str, Any]]:
    for line in milestone_lines(actor):
        yield dict.fromkeys((column.key for column in COLUMNS), None) | {
            "nature": "Jalon",
            "axis": line.action,
            "title": line.title,
            "due_on": line.due_on,
            "ended_on": line.reached_on,
            "state": MILESTONES[line.standing],
        }
