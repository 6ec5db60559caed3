"""What follows from a comparison: link, look, create. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from .records import Candidate, Outcome
from .weights import (
    ACCEPTED,
    DOUBTFUL,
    EXACT,
    MARGIN,
    NEAR,
    NEW_YEAR,
    NO_DAY,
    NONE,
    ONE_DIGIT,
    SAME_DAY,
    STRONG,
    SWAPPED,
)

LISTED = 5
"""Candidates that a human is shown."""
LOOKED_AT = ("doubt", "contradiction")
PERSONAL = frozenset({"mobile", "email"})
"""Numbers that are somebody's rather than a household's."""
_NAMES = {EXACT: "same", NEAR: "near", 1: "far", NONE: "other"}
_DAYS = {
    SAME_DAY: "same_day",
    SWAPPED: "swapped_day",
    NEW_YEAR: "new_year",
    ONE_DIGIT: "one_digit",
    NO_DAY: "no_day",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """A row and a known person: levels as in `weights`, the kinds of numbers they share.

    `differing`: kinds that a person has once and of which the two have different numbers.
    """

    person: UUID
    score: float
    family: int
    given: int
    crossed: int
    day: int
    place: bool
    shared: frozenset[str]
    differing: frozenset[str] = frozenset()

    @property
    def names_agree(self) -> bool:
        return (self.family >= NEAR and self.given >= NEAR) or self.crossed >= NEAR

    @property
    def strong(self) -> bool:
        """A strong number, and a name or the date of birth that agrees."""
        agrees = max(self.family, self.given, self.crossed) >= NEAR or self.day == SAME_DAY
        return bool(self.shared.intersection(STRONG)) and agrees


def outcome(found: Sequence[Compared]) -> tuple[Outcome, float]:
    """What becomes of a row, given its candidates from the best on; and the margin, in bits."""
    if not found or found[0].score < DOUBTFUL:
        return "new", 0.0
    best = found[0]
    second = max(found[1].score if len(found) > 1 else 0.0, 0.0)
    margin = best.score - second
    if best.score < ACCEPTED or margin < MARGIN or not _enough(best):
        return "doubt", margin
    if "si" in best.differing:
        return "doubt", margin
    return ("contradiction" if best.differing else "same"), margin


def _enough(best: Compared) -> bool:
    """A twin has the name, the date and the address: who lacks a name needs a number of their own.

    A phone or an e-mail counts with the first name, or with the whole name and the whole date.
    """
    if best.names_agree or best.strong:
        return True
    if not best.shared & PERSONAL:
        return False
    one_name = best.given >= NEAR or best.family >= NEAR
    return one_name and best.day == SAME_DAY


def reasons(one: Compared) -> tuple[str, ...]:
    """Why a person is a candidate, as codes of `words`."""
    if one.crossed > min(one.family, one.given):
        names = ["crossed_names"]
    else:
        names = [f"{_NAMES[one.family]}_family", f"{_NAMES[one.given]}_given"]
    day = [_DAYS.get(one.day, "other_day")]
    place = ["same_commune"] if one.place else []
    differing = [f"other_{kind}" for kind in sorted(one.differing)]
    return (*names, *day, *place, *sorted(one.shared), *differing)


def candidates(found: Sequence[Compared]) -> tuple[Candidate, ...]:
    near = [one for one in found if one.score >= DOUBTFUL][:LISTED]
    return tuple(Candidate(one.person, round(one.score, 1), reasons(one)) for one in near)
