"""The administrative facts about the demo's persons, each from the institution that says so."""

from datetime import date, timedelta
from random import Random

from jalons.kernel import clock
from jalons.nomenclature import queries as nomenclature
from jalons.people.models import Person, Status
from jalons.people.statuses.contents import columns
from jalons.territories.models import Territory

from .book import Book

SHARES = (
    ("brsa", 0.5),
    ("demandeur_emploi", 0.6),
    ("rqth", 0.12),
    ("parent_isole", 0.14),
    ("ass", 0.06),
    ("salarie_siae", 0.05),
)
"""Kinds of statuses and the share of persons who have each."""
FORGOTTEN = 0.06
"""The share of statuses that nobody confirmed since they were recorded."""
YOUNG = 26 * 365
DATED = {"salarie_siae": 365, "rqth": 3 * 365, "jeune_cej": 365}
"""Kinds that end on a foreseen day, and after how many days."""


class Situations:
    def __init__(self, territory: Territory, book: Book, random: Random) -> None:
        self._territory, self._book, self._random = territory, book, random
        self._today = clock.today()
        self._memory = Random(f"memory {territory.code}")  # noqa: S311
        self._rows: list[Status] = []

    def statuses(self, person: Person, received: date) -> None:
        assert person.birth_date
        young = (received - person.birth_date).days < YOUNG
        kinds = [kind for kind, share in SHARES if self._random.random() < share]
        if young and self._random.random() < 0.5:
            kinds.append("jeune_cej")
        if "demandeur_emploi" in kinds and self._random.random() < 0.35:
            kinds.append("deld")
        for kind in kinds:
            self._status(person, kind, received)

    def _confirmed(self, start: date, ends_on: date | None) -> date | None:
        """Most are confirmed lately, or were when they ended; the others wait for it."""
        if self._memory.random() < FORGOTTEN:
            return None
        if ends_on and ends_on <= self._today:
            return ends_on
        return max(start, self._today - timedelta(days=self._memory.randrange(300)))

    def write(self) -> None:
        Status.objects.bulk_create(self._rows)

    def _status(self, person: Person, kind: str, received: date) -> None:
        term = nomenclature.term("person_status", kind)
        start = received - timedelta(days=self._random.randrange(500))
        ends_on = start + timedelta(days=DATED[kind]) if kind in DATED else None
        if ends_on is None and self._random.random() < 0.08:
            passed = (self._today - start).days
            ends_on = start + timedelta(days=self._random.randrange(1, passed + 2))
        self._rows.append(
            Status(
                territory=self._territory,
                person=person,
                **columns(kind, term.label, term.level, term.domain),
                starts_on=start,
                ends_on=ends_on,
                confirmed_on=self._confirmed(start, ends_on),
            )
        )
        shown = {} if person.hidden_address else {"epci": person.epci}
        self._book.note("people.status_recorded", received, person=person.pk, dimensions=shown)
