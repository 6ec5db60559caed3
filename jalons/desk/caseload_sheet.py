"""The caseload as a sheet to export: the columns of the screen, in the same order."""

from jalons.access.actor import Actor
from jalons.kernel.exports import Column, Kind, Sheet
from jalons.people.models import Person

from .queries import Filter, lines

COLUMNS = [
    Column("name", "Personne"),
    Column("birth_date", "Date de naissance", Kind.DATE),
    Column("commune", "Commune"),
    Column("referent", "Référent de parcours"),
]


def caseload_sheet(
    actor: Actor, title: str, territory: str, persons: list[Person], chosen: Filter
) -> Sheet:
    """Every person given, under the name of the filter in force."""
    return Sheet(
        name="file-active",
        title=title,
        columns=COLUMNS,
        rows=[vars(line) for line in lines(actor, persons)],
        filters=[("Liste", chosen.label)],
        territory=territory,
    )
