"""The entries as a sheet to export: the columns of the screen, in the same order."""

from jalons.access.actor import Actor
from jalons.kernel.exports import Column, Kind, Sheet

from ..models import Entry
from ..models.entry import Origin
from .queries import STATES, EntryFilter, lines

COLUMNS = [
    Column("name", "Personne"),
    Column("birth_date", "Date de naissance", Kind.DATE),
    Column("commune", "Commune"),
    Column("door", "Porte d’entrée"),
    Column("origin", "Origine"),
    Column("received_on", "Reçue le", Kind.DATE),
    Column("days", "Jours d’attente", Kind.INTEGER),
    Column("assigned_to", "Structure"),
    Column("assigned_on", "Attribuée le", Kind.DATE),
]


def entries_sheet(actor: Actor, territory: str, rows: list[Entry], chosen: EntryFilter) -> Sheet:
    """Every entry given, under the filters in force; the person's words are not exported."""
    filters = [("État", STATES[chosen.state])]
    if chosen.origin:
        filters.append(("Origine", str(Origin(chosen.origin).label)))
    if chosen.place:
        filters.append(("Lieu", chosen.place))
    return Sheet(
        name="entrees",
        title="Entrées",
        columns=COLUMNS,
        rows=[vars(line) for line in lines(actor, rows)],
        filters=filters,
        territory=territory,
    )
