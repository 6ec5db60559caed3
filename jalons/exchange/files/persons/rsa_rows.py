"""Who comes in by an RSA flow: a row a person, the others dropped before anything is kept."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from ..bounds import Unreadable
from .formats import Table
from .rsa_flow import NOT_A_FLOW, Household, RsaFlow

OPEN, CLOSED = frozenset("234"), frozenset("56")
"""ETATDOSRSA of a right that is open, suspended or not, and of one that has closed."""
YES = frozenset({"1", "true"})
CAF, MSA = "MATRICULE (CAF)", "MATRICULE (MSA)"
OF_PERSON = ("NOM", "NOMNAI", "PRENOM", "DTNAI", "NIR", "IDASSEDIC", "TOPPERSDRODEVORSA")
OF_HOUSEHOLD = ("ETATDOSRSA", "MOTISUSVERSRSA", "MOTICLORSA", "DTCLORSA")
HEADERS = [*OF_PERSON, *OF_HOUSEHOLD, CAF, MSA]
STATE = HEADERS.index("ETATDOSRSA")
BATCH = 5000
"""Persons among whom those whose right has closed are looked for at once."""
PADDED, MSA_DIGITS = 15, 10
"""Digits of a MATRICULE, of which a CAF number is the first seven; at most those of an MSA number:
more are a NIR, which the MSA may use and which is no number of its own."""
DROPPED, BROKEN = "dropped", "broken_at"
Known = Callable[[Sequence[list[str]]], set[int]]
"""Which of these rows, by rank, speak of somebody known."""


@dataclass(frozen=True)
class Door:
    """`inside`: the communes of the territory, by Insee code."""

    inside: frozenset[str]
    known: Known

    def table(self, flow: RsaFlow) -> Table:
        """`counted` says, once the rows are read, how many persons were dropped.

        Raises Unreadable when the flow does not say its days.
        """
        counted = {DROPPED: 0}
        households = flow.households()
        first = list(islice(households, 1))
        sender = first[0].said.get("FONORG", "") if first else ""
        rows = self._rows(flow, chain(first, households), counted)
        return Table(list(HEADERS), rows, counted, _as_of(sender, flow.head))

    def _rows(
        self, flow: RsaFlow, households: Iterable[Household], counted: dict[str, int]
    ) -> Iterator[list[str]]:
        arrived = self._arrived(households, counted)
        while batch := list(islice(arrived, BATCH)):
            closed = [row for row in batch if row[STATE] in CLOSED]
            known = self.known(closed) if closed else set()
            strangers = {id(row) for rank, row in enumerate(closed) if rank not in known}
            counted[DROPPED] += len(strangers)
            yield from (row for row in batch if id(row) not in strangers)
        if flow.broken_at:
            counted[BROKEN] = flow.broken_at

    def _arrived(
        self, households: Iterable[Household], counted: dict[str, int]
    ) -> Iterator[list[str]]:
        """Those of the territory whose right is open, or has closed."""
        for household in households:
            said = household.said
            here = said.get("NUMCOM") in self.inside or said.get("TOPSANSDOMFIXE") in YES
            if here and said.get("ETATDOSRSA") in OPEN | CLOSED:
                yield from rows_of(household)
            else:
                counted[DROPPED] += len(household.persons)


def _as_of(sender: str, head: Mapping[str, str]) -> str:
    """The days that the flow gives; a flow without them could not be told from an older one."""
    try:
        days = [date.fromisoformat(head.get(node, "")) for node in ("DTREF", "DTCREAFLUX")]
    except ValueError:
        raise Unreadable(NOT_A_FLOW) from None
    body = sender.lower() if sender in ("CAF", "MSA") else "caf"
    return " ".join([body, *map(str, days)])


def rows_of(household: Household) -> Iterable[list[str]]:
    """What the flow says of each person, then of all of them; no commune, no body's number."""
    said = household.said
    shared = [said.get(node, "") for node in OF_HOUSEHOLD]
    numbers = _numbers(said.get("FONORG", ""), said.get("MATRICULE", ""))
    for person in household.persons:
        yield [*(person.get(node, "") for node in OF_PERSON), *shared, *numbers]


def _numbers(body: str, text: str) -> tuple[str, str]:
    """The household's number at the CAF, and at the MSA."""
    digits = text.zfill(PADDED) if text.isdecimal() else text
    if body.upper() == "CAF":
        padding = digits[7:]
        return (digits[:7] if not padding.strip("0") else digits), ""
    if body.upper() == "MSA":
        short = text.rstrip("0") if len(text) == PADDED else text
        return "", short if len(short) <= MSA_DIGITS else ""
    return "", ""
