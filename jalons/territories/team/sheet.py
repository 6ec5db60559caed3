"""The teams as a sheet to export: the columns of the screen, in the same order."""

from jalons.access.roles import Field, Role
from jalons.kernel.exports import Column, Kind, Sheet

from ..models import Mandate
from .queries import STATES, TeamFilter

COLUMNS = [
    Column("name", "Professionnel"),
    Column("function", "Fonction"),
    Column("organization", "Structure"),
    Column("role", "Rôle"),
    Column("field", "Champ"),
    Column("starts_on", "Depuis le", Kind.DATE),
    Column("ends_on", "Fin (exclue)", Kind.DATE),
    Column("habilitated_from", "Habilitation depuis le", Kind.DATE),
]


def team_sheet(territory: str, rows: list[Mandate], chosen: TeamFilter) -> Sheet:
    """Every mandate given, under the filters in force; how to reach people is not exported."""
    return Sheet(
        name="equipes",
        title="Équipes",
        columns=COLUMNS,
        rows=[_cells(row) for row in rows],
        filters=_filters(rows, chosen),
        territory=territory,
    )


def _cells(row: Mandate) -> dict[str, object]:
    return {
        "name": row.account.full_name,
        "function": row.function,
        "organization": row.organization.name if row.organization else "",
        "role": row.get_role_display(),
        "field": row.get_field_display(),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "habilitated_from": row.habilitated_from,
    }


def _filters(rows: list[Mandate], chosen: TeamFilter) -> list[tuple[str, str]]:
    filters = [("État", STATES[chosen.state])]
    if chosen.organization:
        names = {row.organization.name for row in rows if row.organization}
        filters.append(("Structure", ", ".join(names) or "aucune ligne"))
    if chosen.role:
        filters.append(("Rôle", Role(chosen.role).label))
    if chosen.field:
        filters.append(("Champ", Field(chosen.field).label))
    return filters
