"""What follows from a comparison: link, look, create. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from .records import Candidate, Outcome
from .weights import (
    ACCEPTED,
    ACCEPTED_OTHER_DAY,
    DOUBTFUL,
    EXACT,
    FAR,
    LONE_HOME,
    MARGIN,
    MISSING,
    NEAR,
    NEAR_STREET,
    NEW_YEAR,
    NO_DAY,
    NONE,
    ONE_DIGIT,
    SAME_DAY,
    SAME_STREET,
    STRONG,
    SWAPPED,
)

LISTED = 5
"""Candidates that a human is shown."""
LOOKED_AT = ("doubt", "contradiction")
PHONES = frozenset({"mobile", "landline"})
ENOUGH_NIR, ENOUGH_PHONE = 100, 500
"""Persons with another given name from whom a file teaches what that means."""
TWINS_NIR, TWINS = 0.02, 0.05
"""Shares of twins that are too many: by the NIR, exact, and by phones, which people change."""
NEIGHBOURS, UNSEEN = 0.005, 3
"""The same of persons who share an address, and how many there may be although none is known."""
PERSONAL = frozenset({"mobile", "email"})
"""Numbers that are somebody's rather than a household's."""
_NAMES = {EXACT: "same", NEAR: "near", FAR: "far", NONE: "other", MISSING: "no"}
_STREETS = {SAME_STREET: ["same_street"], NEAR_STREET: ["near_street"]}
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
    street: int
    shared: frozenset[str]
    differing: frozenset[str] = frozenset()

    @property
    def names_agree(self) -> bool:
        """Both are near, or the given one is equal and the other resembles, in either order.

        A twin's given name may resemble.
        """
        family = FAR if self.given == EXACT else NEAR
        return (self.family >= family and self.given >= NEAR) or self.crossed >= NEAR

    @property
    def other_given(self) -> bool:
        """All agrees but the given name: a middle name that is used, or a twin."""
        home = self.place or self.street == SAME_STREET
        names = self.family >= NEAR and self.given < NEAR and self.crossed < NEAR
        return home and names and self.day == SAME_DAY

    @property
    def other_family(self) -> bool:
        """All agrees but the family name: another of her two names. No twin has the given one."""
        return self.given >= NEAR and self.day == SAME_DAY and self.street >= NEAR_STREET

    @property
    def strong(self) -> bool:
        """A strong number, and a name or the date of birth that agrees."""
        agrees = max(self.family, self.given, self.crossed) >= NEAR or self.day == SAME_DAY
        return bool(self.shared.intersection(STRONG)) and agrees


@dataclass(frozen=True, slots=True)
class Taught:
    """What a large file teaches of itself: what differs, all else alike, is a way of writing."""

    middle_names: bool = False
    lone_homes: bool = False


def outcome(found: Sequence[Compared], taught: Taught = Taught()) -> tuple[Outcome, float]:
    """What becomes of a row, given its candidates from the best on; and the margin, in bits."""
    if not found:
        return "new", 0.0
    best = found[0]
    alone = taught.lone_homes and best.street == SAME_STREET
    score = best.score + (LONE_HOME if alone else 0.0)
    if score < DOUBTFUL:
        return "new", 0.0
    margin = score - max(found[1].score if len(found) > 1 else 0.0, 0.0)
    sure = best.day == SAME_DAY or best.shared or alone
    accepted = ACCEPTED if sure else ACCEPTED_OTHER_DAY
    if score < accepted or margin < MARGIN or not _enough(best, taught):
        return "doubt", margin
    if "si" in best.differing:
        return "doubt", margin
    return ("contradiction" if best.differing else "same"), margin


def _enough(best: Compared, taught: Taught) -> bool:
    """A twin has the name, the date and the address: who lacks a name needs a number of their own.

    A phone or an e-mail counts with the first name, or with the whole name and the whole date.
    """
    if best.names_agree or best.other_family or best.strong:
        return True
    if taught.middle_names and best.other_given:
        return True
    one_name = max(best.given, best.family, best.crossed) >= NEAR
    same_day = best.day == SAME_DAY
    if taught.lone_homes and best.street >= NEAR_STREET and (one_name or same_day or best.shared):
        return True
    return one_name and same_day and not best.shared.isdisjoint(PERSONAL)


def taught(best: Iterable[Compared], homes: Callable[[], tuple[int, int]]) -> Taught:
    """What a file teaches, from the likeliest candidate of each row.

    Another given name is a middle name when those who have a NIR on both sides have the same one as
    often as everybody; when there is none, when they share a phone as often. Too few of them teach
    nothing, and one twin in twenty is too many: a human looks. Without numbers or phones, an
    address is somebody's alone when hardly anybody known shares theirs: `homes` counts the persons
    who have one, and those who share it.
    """
    nir, phone = _Habits(), _Habits()
    for one in best:
        if one.other_given or (one.names_agree and one.day == SAME_DAY and one.place):
            if "nir" in one.shared or "nir" in one.differing:
                nir.count(one.other_given, "nir" in one.shared)
            phone.count(one.other_given, not one.shared.isdisjoint(PHONES))
    if nir.enough(ENOUGH_NIR):
        return Taught(middle_names=nir.share(True) >= nir.share(False) - TWINS_NIR)
    if phone.enough(ENOUGH_PHONE) and phone.share(False):
        return Taught(middle_names=phone.share(True) >= phone.share(False) * (1 - TWINS))
    housed, sharing = homes()
    return Taught(lone_homes=sharing + UNSEEN <= NEIGHBOURS * housed)


class _Habits:
    """How often a number is shared, by those with another given name and by the others."""

    def __init__(self) -> None:
        self._all, self._shared = {True: 0, False: 0}, {True: 0, False: 0}

    def count(self, other_given: bool, shared: bool) -> None:
        self._all[other_given] += 1
        self._shared[other_given] += shared

    def enough(self, number: int) -> bool:
        return min(self._all.values()) >= number

    def share(self, other_given: bool) -> float:
        return self._shared[other_given] / self._all[other_given]


def reasons(one: Compared) -> tuple[str, ...]:
    """Why a person is a candidate, as codes of `words`."""
    if one.crossed >= NEAR and one.crossed > min(one.family, one.given):
        names = ["crossed_names"]
    else:
        names = [f"{_NAMES[one.family]}_family", f"{_NAMES[one.given]}_given"]
    day = [_DAYS.get(one.day, "other_day")]
    place = (["same_commune"] if one.place else []) + _STREETS.get(one.street, [])
    differing = [f"other_{kind}" for kind in sorted(one.differing)]
    return (*names, *day, *place, *sorted(one.shared), *differing)


def candidates(found: Sequence[Compared]) -> tuple[Candidate, ...]:
    near = [one for one in found if one is found[0] or one.score >= DOUBTFUL][:LISTED]
    return tuple(Candidate(one.person, round(one.score, 1), reasons(one)) for one in near)
