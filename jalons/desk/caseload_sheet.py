"""The caseload as a sheet to export: the columns of the screen, in the same order."""

from jalons.kernel import clock
from jalons.kernel.exports import Column, Sheet
from jalons.people.models import Person

from .queries import Filter, referents

COLUMNS = [
    Column("name", "Personne", "text"),
    Column("birth_date", "Date de naissance", "date"),
    Column("commune", "Commune (code Insee)", "text"),
    Column("referent", "Référent de parcours", "text"),
]


def sheet(title: str, persons: list[Person], chosen: Filter) -> Sheet:
    names = referents(persons)
    rows = [
        {
            "name": f"{person.family_name} {person.given_name}",
            "birth_date": person.birth_date,
            "commune": person.commune,
            "referent": names.get(person.pk, ""),
        }
        for person in persons
    ]
    return Sheet(
        title=title,
        columns=COLUMNS,
        rows=rows,
        filters=[("Liste", chosen.label)],
        date=clock.now(),
    )
