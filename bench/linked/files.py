"""A file of known persons, a file that arrives, and who is who: always the same for a seed.

Shares of each defect are those of `RATES`. Three rows in ten of the file that arrives are of nobody
known; some of these are the twin of somebody known.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from jalons.people import identifiers

from ..synthetic import names
from . import spelling

RATES = {
    "usual": 0.35,
    "under_usual": 0.60,
    "typo": 0.05,
    "phonetic": 0.05,
    "middle": 0.03,
    "swapped_names": 0.01,
    "swapped_date": 0.01,
    "wrong_digit": 0.02,
    "new_year": 0.015,
    "moved": 0.25,
    "new_phone": 0.35,
    "no_nir_known": 0.30,
    "no_nir_arriving": 0.50,
    "nir_of_another": 0.003,
    "nir_misread": 0.005,
    "twin": 0.012,
    "unknown": 0.30,
}
POSTCODES = [f"95{number:03}" for number in range(100, 890, 10) if number not in {730, 790, 860}]
FREQUENT = 0.4
"""Persons in ten who bear a name of the list; the others bear a rare one."""
SYLLABLES = 3
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Human:
    """A person as they are. `usual` is empty for who uses the name of their birth."""

    number: int
    female: bool
    family: str
    usual: str
    given: str
    middle: str
    born: date
    postcode: str
    street: str
    phone: str
    email: str
    nir: str


class Population:
    """Humans drawn one after the other; a twin follows the first of the two."""

    def __init__(self, seed: str) -> None:
        self.rng = Random(seed)
        self._orders: dict[str, int] = {}
        self._count = 0

    def humans(self, number: int) -> Iterator[Human]:
        done = 0
        while done < number:
            human = self.human()
            yield human
            done += 1
            if done < number and self.rng.random() < RATES["twin"] / 2:
                yield self.twin(human)
                done += 1

    def human(self) -> Human:
        rng = self.rng
        female = rng.random() < 0.5
        family = surname(rng)
        born = date(1957 + rng.randrange(52), 1 + rng.randrange(12), 1 + rng.randrange(28))
        usual = surname(rng) if female and rng.random() < RATES["usual"] else ""
        given = _given(rng, female)
        return self._complete(
            Human(
                0, female, family, usual, given, _given(rng, female), born, *_home(rng), "", "", ""
            )
        )

    def twin(self, of: Human) -> Human:
        female = of.female if self.rng.random() < 0.7 else not of.female
        given = _given(self.rng, female)
        while given == of.given:
            given = _given(self.rng, female)
        usual = surname(self.rng) if female and self.rng.random() < RATES["usual"] else ""
        other = replace(of, female=female, given=given, middle=_given(self.rng, female))
        return self._complete(replace(other, usual=usual))

    def _complete(self, human: Human) -> Human:
        self._count += 1
        phone = new_phone(self.rng)
        email = f"p{self._count}@courriel.example" if self.rng.random() < 0.5 else ""
        return replace(human, number=self._count, phone=phone, email=email, nir=self._nir(human))

    def _nir(self, human: Human) -> str:
        place = f"{self.rng.randrange(1, 96):02}{self.rng.randrange(1, 300):03}"
        place = place if not place.startswith("20") else "75" + place[2:]
        stem = f"{2 if human.female else 1}{human.born:%y%m}{place}"
        self._orders[stem] = self._orders.get(stem, 0) + 1
        return identifiers.normalised("nir", f"{stem}{self._orders[stem]:03}")


def surname(rng: Random) -> str:
    """A frequent name, or one of the many that few bear."""
    if rng.random() < FREQUENT:
        return names.family(rng).written
    count = 2 + (rng.random() < 0.6) + (rng.random() < 0.1)
    return spelling.invented(rng, count)


def _given(rng: Random, female: bool) -> str:
    return names.drawer("female" if female else "male").draw(rng.random()).written


def _home(rng: Random) -> tuple[str, str]:
    rank = min(int(rng.expovariate(1 / 25)), len(POSTCODES) - 1)
    return POSTCODES[rank], f"{rng.randrange(1, 200)} rue {spelling.invented(rng, 2)}"


def new_phone(rng: Random) -> str:
    return f"06{rng.randrange(10**8):08}" if rng.random() < 0.85 else f"01{rng.randrange(10**8):08}"


def known_row(human: Human, rng: Random) -> Row:
    """As the file of known persons has it: without error, but not whole."""
    return {
        "Identifiant dans le SI*": f"A{human.number:08}",
        "Prénom*": human.given,
        "Nom*": human.usual or human.family,
        "Nom de naissance": human.family if human.usual or rng.random() < 0.3 else "",
        "Date de naissance*": human.born.isoformat(),
        "NIR": "" if rng.random() < RATES["no_nir_known"] else human.nir,
        "Téléphone": human.phone if rng.random() < 0.9 else "",
        "Email": human.email,
        "Adresse": human.street,
        "Code postal": human.postcode,
    }


def arriving_row(human: Human, number: int, rng: Random, others: list[str]) -> Row:
    """As another institution wrote the same person; `others` are NIR of other persons."""
    under_usual = bool(human.usual) and rng.random() < RATES["under_usual"]
    family = human.usual if under_usual else human.family
    given = human.middle if rng.random() < RATES["middle"] else human.given
    family, given = _misspelt(family, rng), _misspelt(given, rng)
    if rng.random() < RATES["swapped_names"]:
        family, given = given, family
    moved = rng.random() < RATES["moved"]
    postcode, street = _home(rng) if moved else (human.postcode, human.street)
    phone = new_phone(rng) if rng.random() < RATES["new_phone"] else human.phone
    return {
        "Identifiant dans le SI*": f"B{number:08}",
        "Prénom*": given,
        "Nom*": family,
        "Nom de naissance": _misspelt(human.family, rng)
        if under_usual and rng.random() < 0.5
        else "",
        "Date de naissance*": _date(human.born, rng).isoformat(),
        "NIR": _nir(human.nir, rng, others),
        "Téléphone": phone if rng.random() < 0.9 else "",
        "Email": human.email if rng.random() < 0.5 else "",
        "Adresse": street,
        "Code postal": postcode,
    }


def _misspelt(name: str, rng: Random) -> str:
    if rng.random() < RATES["typo"]:
        name = spelling.typo(name, rng)
    return spelling.by_ear(name, rng) if rng.random() < RATES["phonetic"] else name


def _date(born: date, rng: Random) -> date:
    chance = rng.random()
    if chance < RATES["swapped_date"]:
        return born.replace(day=born.month, month=born.day) if born.day <= 12 else born
    chance -= RATES["swapped_date"]
    if chance < RATES["wrong_digit"]:
        return _digit(born, rng)
    chance -= RATES["wrong_digit"]
    return date(born.year, 1, 1) if chance < RATES["new_year"] else born


def _digit(born: date, rng: Random) -> date:
    """One digit of the date misread, so that it stays a date of a living adult."""
    while True:
        text = list(born.strftime("%Y%m%d"))
        text[rng.randrange(2, 8)] = rng.choice(string.digits)
        try:
            found = date.fromisoformat("".join(text))
        except ValueError:
            continue
        if found != born and 1930 <= found.year <= 2012:
            return found


def _nir(nir: str, rng: Random, others: list[str]) -> str:
    """Missing, another person's, one digit off with the key that this makes, or right."""
    if rng.random() < RATES["no_nir_arriving"]:
        return ""
    chance = rng.random()
    if chance < RATES["nir_of_another"] and others:
        return rng.choice(others)
    if chance < RATES["nir_of_another"] + RATES["nir_misread"]:
        body = list(nir[:13])
        place = rng.randrange(7, 13)
        body[place] = rng.choice([digit for digit in string.digits if digit != body[place]])
        return "".join(body)
    return nir
