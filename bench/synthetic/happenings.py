"""The events of the stories: noted as they are told, written in the order of time.

An event waits as one integer: minute (21 bits), person (22), agent in the territory (14), kind (4),
rank of the fact (3). The months are sorted one after the other, so that 42 million fit in memory.
"""

import hashlib
from array import array
from collections.abc import Iterator
from functools import lru_cache
from random import Random

from jalons.journal.payloads import PURPOSE, SALT
from jalons.kernel import crypto

from .days import LENGTH, at_work, milliseconds, moment
from .tables import FACTS, NULL, Rows, binary

KINDS = [
    ("people.person_created", "person"),
    ("people.entry_received", "entry"),
    ("people.entry_assigned", "entry"),
    ("people.entry_met", "entry"),
    ("people.entry_closed", "entry"),
    ("people.follow_up_started", "followup"),
    ("people.follow_up_ended", "followup"),
    ("people.status_recorded", "status"),
    ("people.agreement_recorded", "agreement"),
    ("people.objection_recorded", "objection"),
    ("people.person_changed", "person"),
    ("people.status_recorded", "person"),
]
"""Kind and table of the fact. The last two fill the journal up: ordinary life between facts."""
ORDINARY = (len(KINDS) - 2, len(KINDS) - 1)
OBJECTS = [table.replace("followup", "follow_up") for _, table in KINDS]
FACT_KEYS = [f"{FACTS.index(table):x}0" if table != "person" else "" for _, table in KINDS]
"""The two first of the three digits that name a fact in its key; none for the person."""
PHASES = ("accueil", "diagnostic", "construction", "action", "emploi", "maintien")
MONTH = 31 * 1440
BATCH = 10_000
PAYLOAD_EVERY = 10
"""One event in ten carries a payload: they weigh as much as the events."""


class Happenings:
    """`note` keeps an event, `write` copies them all. Persons are numbered from 0, in any order.

    Nothing is noted unless `kept`.
    """

    def __init__(self, rows: Rows, rng: Random, *, kept: bool = True) -> None:
        self._rows, self._rng, self._kept = rows, rng, kept
        self._months = [array("Q") for _ in range(LENGTH * 1440 // MONTH + 1)]
        self._keys: list[str] = []
        self._territories, self._agents = array("H"), array("H")
        self._codes, self._created = array("H"), array("L")
        self._texts: dict[tuple[str, str], int] = {}
        self.count = 0

    def person(self, key: str, territory: int, codes: tuple[str, str], minute: int) -> int:
        """The number of the next person; `codes` are their EPCI and their public."""
        self._keys.append(key)
        self._territories.append(territory)
        self._codes.append(self._texts.setdefault(codes, len(self._texts)))
        self._created.append(minute)
        self._agents.append(0)
        return len(self._keys) - 1

    def main_agent(self, person: int, agent: int) -> None:
        """Who writes the person's ordinary events."""
        self._agents[person] = agent

    def note(self, minute: int, person: int, agent: int, kind: int, rank: int = 0) -> None:
        if not self._kept:
            return
        packed = minute << 43 | person << 21 | agent << 7 | kind << 3 | rank
        self._months[minute // MONTH].append(packed)
        self.count += 1

    def fill(self, first: int, total: int) -> None:
        """Adds ordinary events to the persons from `first` on, until there are `total`."""
        chance, persons = self._rng.random, len(self._keys) - first
        while self.count < total:
            person = first + int(chance() * persons)
            minute = at_work(int(chance() * LENGTH), chance())
            if minute > self._created[person]:
                self.note(minute, person, self._agents[person], ORDINARY[chance() < 0.5])

    def write(self, actors: dict[int, list[str]]) -> Iterator[int]:
        """Copies month after month; yields how many events are written so far.

        `actors` gives, by territory, the three columns of each agent's events.
        """
        position = 0
        self._dimensions = [_dimensions(*codes) for codes in self._texts]
        for month in self._months:
            for packed in sorted(month):
                position += 1
                self._write(position, packed, actors)
                if position % BATCH == 0:
                    self._rows.send()
            self._rows.send()
            yield position

    def _write(self, position: int, packed: int, actors: dict[int, list[str]]) -> None:
        minute, person = packed >> 43, packed >> 21 & 0x3F_FFFF
        agent, kind = packed >> 7 & 0x3FFF, packed >> 3 & 0xF
        at, prefix = _minute(minute)
        random = self._rng.getrandbits(72)
        key = f"{prefix}{random & 0xFFF:03x}-{0x8000 | random >> 58:04x}-{random >> 12 & _LOW:012x}"
        owner, territory = self._keys[person], self._territories[person]
        heavy = position % PAYLOAD_EVERY == 0
        digest = self._payload(key, territory, kind, minute) if heavy else NULL
        middle = FACT_KEYS[kind]
        fact = f"{owner[:15]}{middle}{packed & 7}{owner[18:]}" if middle else owner
        phase = PHASES[int(self._rng.random() * len(PHASES))]
        self._rows.line(
            "journal_event",
            f"{key}\t{at}\t{position}\t{at}\t{actors[territory][agent]}\t{owner}\t{fact}\t{territory}"
            f'\t{KINDS[kind][0]}\t{OBJECTS[kind]}\t{self._dimensions[self._codes[person]]}{phase}"}}'
            f"\t{digest}",
        )

    def _payload(self, event: str, territory: int, kind: int, minute: int) -> str:
        """Writes the payload of an event, in the journal's own form; its digest."""
        data = f'"data": {{"on": "{moment(minute)[:10]}"}}, "kind": "{KINDS[kind][0]}"'
        salted = self._rng.getrandbits(8 * SALT).to_bytes(SALT)
        salted += f'{{{data}, "level": "shared"}}'.encode()
        body = crypto.encrypt(salted, PURPOSE)
        self._rows.add("journal_payload", event, str(territory), binary(body))
        return binary(hashlib.sha256(salted).digest())


_LOW = 0xFFFF_FFFF_FFFF


@lru_cache(4)
def _minute(minute: int) -> tuple[str, str]:
    """The text of a minute, and the beginning of its UUIDv7, up to the version."""
    stamp = f"{milliseconds(minute):012x}"
    return moment(minute), f"{stamp[:8]}-{stamp[8:]}-7"


def _dimensions(epci: str, public: str) -> str:
    """JSON of an event's dimensions, up to the value of the last one."""
    publics = f'["{public}"]' if public else "[]"
    return f'{{"epci": "{epci}", "publics": {publics}, "phase": "'
