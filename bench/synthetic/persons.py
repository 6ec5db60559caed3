"""Who a generated person is: name, age, commune, what must be kept quiet about them."""

from dataclasses import dataclass
from functools import cache
from random import Random

from jalons.people.names import indexed

from . import names
from .days import FIRST, LENGTH, at_work, moment, text
from .happenings import Happenings
from .places import Place
from .tables import NULL, Rows, array, flag, key

LANGUAGES = ["ara", "por", "tur", "eng", "spa", "ukr", "rus", "fas", "pus", "bam", "wol", "tam"]
CHANNELS = ["phone", "sms", "email", "letter", "in_person", ""]


@dataclass(slots=True)
class Person:
    """`number` is theirs in the whole population; `created` a day; `age` is today's."""

    number: int
    key: str
    territory: str
    created: int
    minute: int
    age: int
    woman: bool
    born: str
    commune: str
    violence: bool


class Births:
    """A population's identity rows."""

    def __init__(self, rows: Rows, happenings: Happenings, rng: Random) -> None:
        self._rows, self._happenings, self._rng = rows, happenings, rng

    def person(self, place: Place, progress: float) -> Person:
        """The next person, who came after `progress` of the three years."""
        chance = self._rng.random
        created = int(progress * LENGTH)
        minute = at_work(created, chance())
        age, woman = int(16 + 49 * (chance() * 0.65 + chance() * 0.35)), chance() < 0.53
        commune = place.commune(self._rng)
        identity = key(self._rng, minute)
        person = Person(
            self._happenings.person(
                identity, place.number, (commune.epci, _public(age, chance())), minute
            ),
            *(identity, str(place.number), created, minute, age, woman),
            *(_birth(age, chance(), chance()), commune.code, chance() < 0.012),
        )
        self._write(person, commune.epci)
        return person

    def _write(self, person: Person, epci: str) -> None:
        chance = self._rng.random
        given = names.drawer("female" if person.woman else "male").draw(chance())
        family = names.family(self._rng)
        married = person.woman and person.age > 24 and chance() < 0.3
        birth = names.family(self._rng).written if married else ""
        protected = chance() < (0.8 if person.violence else 0.02)
        hidden = chance() < (0.5 if protected else 0.005)
        self._rows.add(
            "people_person",
            *(person.key, moment(person.minute), person.territory),
            *(family.written, birth, given.written, person.born, person.commune, epci),
            "fra" if chance() < 0.9 else _one(LANGUAGES, chance()),
            *(_one(CHANNELS, chance()), flag(protected), flag(hidden)),
            flag(protected and chance() < 0.5),
            moment((LENGTH - 30) * 1440) if chance() < 0.002 else NULL,
            f"{family.folded} {given.folded}",
            array(indexed(family.written, birth, given.written)),
        )


def _one(items: list[str], chance: float) -> str:
    return items[int(chance * len(items))]


@cache
def _date(year: int, day: int) -> str:
    """The day of a year, from 0; years before `FIRST`'s."""
    return text((FIRST.replace(year=year, month=1, day=1) - FIRST).days + day)


def _birth(age: int, chance: float, known: float) -> str:
    """A date of birth. Four in a hundred are a 1 January, one in two hundred is unknown."""
    if known < 0.005:
        return NULL
    year = FIRST.year + 3 - age
    return _date(year - 1, 0) if known < 0.045 else _date(year - 1, int(chance * 365))


def _public(age: int, chance: float) -> str:
    """The public that an event bears: an open code, or none."""
    if age < 26 and chance < 0.8:
        return "jeune"
    if age >= 50 and chance < 0.4:
        return "senior"
    return ("brsa", "demandeur_emploi", "deld", "")[int(chance * 4)]
