"""The load as a sheet to export: the rows of the screen, structures first."""

from jalons.kernel.exports import Column, Kind, Sheet

from .lines import Line, Table

COLUMNS = [
    Column("place", "Structure"),
    Column("name", "Professionnel"),
    Column("followed", "Personnes suivies", Kind.INTEGER),
    Column("referent", "Dont référent·e", Kind.INTEGER),
    Column("waiting", "Attendent un premier entretien", Kind.INTEGER),
    Column("wait", "Attente médiane (jours)", Kind.INTEGER),
]


def load_sheet(territory: str, table: Table) -> Sheet:
    rows = [*table.structures, *table.professionals]
    return Sheet(
        name="charge-des-structures",
        title="Charge des structures",
        columns=COLUMNS,
        rows=[_cells(line) for line in rows],
        filters=[],
        territory=territory,
    )


def _cells(line: Line) -> dict[str, object]:
    return {
        "place": line.place or line.name,
        "name": line.name if line.professional else "",
        "followed": line.load.followed,
        "referent": line.load.referent,
        "waiting": None if line.professional else line.waiting,
        "wait": line.wait,
    }
