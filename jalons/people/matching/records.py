"""What is matched, and what is answered. No query here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

Outcome = Literal["new", "same", "doubt", "contradiction"]


@dataclass(frozen=True)
class Record:
    """What a file says of one person, read and normalised: row `number` from 1, E.164 phones.

    `address` is lines or one line. `numbers` are those of institutions, by `IdentifierKind`, as
    `people.identifiers` keeps them.
    """

    number: int
    family_name: str
    given_name: str
    birth_name: str = ""
    birth_date: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    address: str = ""
    postal_code: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A known person who may be the one: `score` in bits, `reasons` as `words.in_words` says."""

    person: UUID
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """What becomes of a row.

    `same`: `person` is the one, nobody else comes near. `doubt`: a human looks at `candidates`, at
    most five, the likeliest first. `contradiction`: the likeliest has another number of a kind that
    a person has once. `margin`: bits between the best and the second, or nobody. `ignored`: kinds
    of numbers not used, the file or the territory giving them to different persons.
    """

    number: int
    outcome: Outcome
    person: UUID | None = None
    margin: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    ignored: tuple[str, ...] = ()
