"""What a generated person is to the administrations: statuses, sealed ones, numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from django.db import connections

from jalons.kernel.crypto import encrypt, keyed_hash
from jalons.people.domains import token
from jalons.people.statuses.contents import columns

from .circles import Circle
from .days import LENGTH, at_work, moment, text
from .happenings import Happenings
from .persons import Person
from .staff import Staff
from .tables import NULL, Rows, binary, fact_key

RECORDED = 7
"""Rank in `happenings.KINDS`."""


@dataclass(frozen=True)
class Kind:
    """`share` of the persons between two ages; `lasts` days from its start, for ever if None."""

    code: str
    share: float
    source: str = ""
    lasts: int | None = None
    ages: tuple[int, int] = (16, 65)


KINDS = [
    Kind("brsa", 0.5, "DEPT", ages=(25, 65)),
    Kind("demandeur_emploi", 0.6, "FT"),
    Kind("deld", 0.2, "FT", ages=(20, 65)),
    Kind("jeune_cej", 0.35, "ML", 365, (16, 25)),
    Kind("jeune_pacea", 0.25, "ML", 730, (16, 25)),
    Kind("rqth", 0.09, "", 1826),
    Kind("aah", 0.03, "CAF", 1826, (20, 65)),
    Kind("protection_internationale", 0.02),
    Kind("salarie_siae", 0.06, "ACI", 365),
    Kind("ass", 0.04, "FT", ages=(25, 65)),
    Kind("parent_isole", 0.1),
    Kind("prime_activite", 0.12, "CAF", 90),
]
SEALED = [
    Kind("mesure_judiciaire", 0.01, "", 540),
    Kind("detention", 0.003),
    Kind("ase", 0.02, "", None, (16, 25)),
]
VIOLENCE = Kind("victime_violences", 1.0)
NUMBERS = [("si", 0.6), ("ft", 0.55), ("caf", 0.5), ("msa", 0.05), ("nir", 0.4)]
PURPOSE = "people.identifier"
"""With the kind of number, what its cipher and its keyed hash are for."""

Term = tuple[str, str, str]


def terms(alias: str) -> dict[str, Term]:
    """Label, level and domain of each status of the nomenclature."""
    with connections[alias].cursor() as cursor:
        cursor.execute(
            "SELECT code, label, level, domain FROM nomenclature_term WHERE list = 'person_status'"
        )
        return {code: (label, level, domain) for code, label, level, domain in cursor.fetchall()}


class Situations:
    """The statuses of a territory's persons, their readers when sealed, their numbers."""

    def __init__(
        self,
        rows: Rows,
        happenings: Happenings,
        rng: Random,
        staff: Staff,
        known: dict[str, Term],
    ) -> None:
        self._rows, self._happenings, self._rng = rows, happenings, rng
        self._staff, self._terms = staff, known

    def statuses(self, circle: Circle) -> list[Kind]:
        """Writes the statuses of a person; the sealed ones are answered, for their readers."""
        person = circle.person
        found = [kind for kind in KINDS if self._has(person, kind)][:5]
        hidden = [kind for kind in SEALED if self._has(person, kind)][:2]
        hidden += [VIOLENCE] if person.violence else []
        for rank, kind in enumerate([*found, *hidden]):
            self._status(circle, kind, rank)
        return hidden

    def readers(self, circle: Circle, hidden: Iterable[Kind], author: str) -> None:
        """The author, the référent, sometimes a colleague that the person named."""
        domains = sorted({self._terms[kind.code][2] for kind in hidden})
        named = [one.agent.account for one in circle.followers if one.role == "co_referent"]
        rank = 0
        for domain in domains:
            readers = {author: "author"}
            for account in named:
                readers.setdefault(account, "named")
            rows = list(readers.items())
            if circle.referent:
                rows.append((circle.referent.account, "referent"))
            for account, reason in rows:
                person = circle.person
                self._rows.add(
                    "people_sealedreader",
                    *(fact_key(person.key, "sealedreader", rank), moment(person.minute)),
                    *(person.territory, person.key, token(domain), account, reason),
                )
                rank += 1

    def numbers(self, person: Person) -> None:
        """Real ciphers and keyed hashes, under the keys of this machine."""
        for rank, (kind, share) in enumerate(NUMBERS):
            if self._rng.random() < share:
                number = self._number(kind, person)
                self._rows.add(
                    "people_identifier",
                    *(fact_key(person.key, "identifier", rank), moment(person.minute)),
                    *(person.territory, person.key, kind, NULL),
                    binary(encrypt(number.encode(), f"{PURPOSE}.{kind}")),
                    binary(keyed_hash(number, f"{PURPOSE}.{kind}")),
                )

    def _has(self, person: Person, kind: Kind) -> bool:
        least, most = kind.ages
        return self._rng.random() < kind.share and least <= person.age <= most

    def _status(self, circle: Circle, kind: Kind, rank: int) -> None:
        """Begun up to a year before the person came, sometimes over since."""
        person, chance = circle.person, self._rng.random
        start = person.created - int(chance() ** 2 * 365)
        end = start + kind.lasts if kind.lasts else None
        if end is None and chance() < 0.15:
            end = start + 1 + int(chance() * 900)
        label, level, domain = self._terms[kind.code]
        said = columns(kind.code, label, level, domain)
        cipher = binary(said["cipher"]) if "cipher" in said else NULL
        self._rows.add(
            "people_status",
            *(fact_key(person.key, "status", rank), moment(person.minute), person.territory),
            *(person.key, said["kind"], said["label"], level, said["domain"], text(start)),
            *(NULL if end is None else text(end), self._staff.main.get(kind.source, NULL)),
            cipher,
        )
        day = person.created + int(chance() * min(30, LENGTH - person.created))
        minute = max(at_work(day, chance()), person.minute)
        self._happenings.note(minute, person.number, circle.main.index, RECORDED, rank)

    def _number(self, kind: str, person: Person) -> str:
        """Seven digits and a letter, or a social security number with its key."""
        draw = int(self._rng.random() * 10_000_000)
        if kind != "nir":
            return f"{draw:07}{'ABCDEFGHJK'[draw % 10] if kind == 'ft' else ''}"
        born = "0000-00" if person.born == NULL else person.born
        sex, country = "2" if person.woman else "1", f"99{100 + draw % 300}"
        short = f"{sex}{born[2:4]}{born[5:7]}{country}{draw % 1000:03}"
        return f"{short}{97 - int(short) % 97:02}"
