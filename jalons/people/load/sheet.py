"""The load as a sheet to export: the rows of the screen, structures first."""

from jalons.kernel.exports import Column, Kind, Sheet

from .lines import Line, Table

FEWER = "Les nombres de personnes inférieurs à 5 ne sont pas donnés."


def _columns(kind: Kind) -> list[Column]:
    return [
        Column("place", "Structure"),
        Column("name", "Professionnel"),
        Column("followed", "Personnes suivies", kind),
        Column("referent", "Dont référent·e", kind),
        Column("waiting", "Attendent un premier entretien", kind),
        Column("wait", "Attente médiane (jours)", Kind.INTEGER),
    ]


def load_sheet(territory: str, table: Table) -> Sheet:
    rows = [*table.structures, *table.professionals]
    return Sheet(
        name="charge-des-structures",
        title="Charge des structures",
        columns=_columns(Kind.INTEGER if table.exact else Kind.TEXT),
        rows=[_cells(line) for line in rows],
        filters=[],
        sources=[] if table.exact else [FEWER],
        territory=territory,
    )


def _cells(line: Line) -> dict[str, object]:
    found: dict[str, object] = {
        "followed": line.load.followed,
        "referent": line.load.referent,
        "waiting": line.waiting,
    }
    if not line.exact:
        shown = line.shown
        found = {
            "followed": shown.followed,
            "referent": shown.referent,
            "waiting": shown.waiting,
        }
    return found | {
        "place": line.place or line.name,
        "name": line.name if line.professional else "",
        "waiting": None if line.professional else found["waiting"],
        "wait": line.shown.wait,
    }
