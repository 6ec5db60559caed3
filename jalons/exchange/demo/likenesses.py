"""Some of the demo's files are alike: the same person received twice, or two namesakes."""

from datetime import date

from jalons.people import names
from jalons.people.front_door.rules import swapped
from jalons.people.models import Person

ONE_IN = 97
"""Persons among whom one is like the one before."""
FIRST = 13


def resemble(known: Person, person: Person, rank: int) -> None:
    """Makes a person like one already known: as known, day and month exchanged, names crossed, the
    given name misspelt. Called before they are written."""
    person.family_name, person.given_name = known.family_name, known.given_name
    person.birth_date, person.commune, person.epci = known.birth_date, known.commune, known.epci
    kind = rank % 4
    if kind == 1:
        person.birth_date = _exchanged(known)
    elif kind == 2:
        person.family_name, person.given_name = known.given_name, known.family_name
    elif kind == 3:
        person.given_name = f"{known.given_name}e"
    person.sort_key = names.sort_key(person.family_name, person.given_name)
    person.names = names.indexed(person.family_name, person.given_name)


def _exchanged(known: Person) -> date:
    """A day that also makes a month, for both."""
    assert known.birth_date
    day = known.birth_date.replace(day=min(known.birth_date.day, 12))
    known.birth_date = day
    return swapped(day)
