"""Rows of one file that speak of the same thing must agree, whatever their order.

The fullest row speaks first; one that contradicts what was said is set aside with its columns. What
the others say together is what each of them is taken to say, so that importing a file again, or
its rows in another order, changes nothing.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from jalons.kernel.text import fold

Value = str | list[str]
Said = dict[str, Value]
"""What a row says, by column; an empty value says nothing."""


@dataclass(frozen=True)
class Claim:
    """What a row says of one thing."""

    about: Hashable
    values: Said

    @property
    def said(self) -> Said:
        return {column: value for column, value in self.values.items() if value}


@dataclass
class Agreement:
    """`said` by thing; `conflicts` by row, the columns in which it contradicts."""

    said: dict[Hashable, Said] = field(default_factory=dict)
    conflicts: dict[int, list[str]] = field(default_factory=dict)


def agree(rows: Iterable[tuple[int, list[Claim]]]) -> Agreement:
    """The agreement of numbered rows, each with its claims."""
    found = Agreement()
    for number, claims in sorted(rows, key=_fullest_first):
        columns = [column for claim in claims for column in _contradicted(found, claim)]
        if columns:
            found.conflicts[number] = columns
            continue
        for claim in claims:
            known = found.said.setdefault(claim.about, {})
            found.said[claim.about] = claim.said | known
    return found


def _fullest_first(row: tuple[int, list[Claim]]) -> tuple[int, str]:
    said = [(str(claim.about), sorted(claim.said.items())) for claim in row[1]]
    return -sum(len(values) for _, values in said), repr(said)


def _contradicted(found: Agreement, claim: Claim) -> list[str]:
    known = found.said.get(claim.about, {})
    return [
        column
        for column, value in claim.said.items()
        if column in known and _folded(known[column]) != _folded(value)
    ]


def _folded(value: Value) -> Value:
    return fold(value) if isinstance(value, str) else sorted(value)
