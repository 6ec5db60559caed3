"""What a file says of somebody, and what the matching answers of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

Outcome = Literal["new", "same", "doubt", "contradiction"]


@dataclass(frozen=True)
class Record:
    """What a file says of one person, read and normalised."""

    number: int
    family_name: str
    given_name: str
    birth_name: str = ""
    birth_date: date | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    postal_code: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """`score` in bits; `reasons` are codes."""

    person: UUID
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """`margin`: the best score minus the second best, in bits. `ignored`: kinds of numbers that the
    file gives to different names."""

    number: int
    outcome: Outcome
    person: UUID | None
    margin: float
    candidates: tuple[Candidate, ...]
    ignored: tuple[str, ...] = ()
