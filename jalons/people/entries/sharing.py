"""How persons are shared out among structures or professionals: pure, and the same every time."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Target = TypeVar("Target", bound=Hashable)


@dataclass(frozen=True)
class Need(Generic[Target]):
    """Somebody to place, and where they cannot be."""

    key: Hashable
    refused: frozenset[Target] = frozenset()


def share_out(
    needs: Sequence[Need[Target]], loads: Mapping[Target, int]
) -> dict[Hashable, Target | None]:
    """A target for each need, so that the loads end as even as they can; None where none is left.

    Who has the fewest possible targets is placed first; among equal loads, the first target given
    is taken. No move of one person alone would make two loads more even.
    """
    ends = dict(loads)
    order = sorted(needs, key=lambda need: len(_open(need, ends)))
    placed = {need.key: _lightest(need, ends) for need in order}
    while move := _better(needs, placed, ends):
        key, target = move
        left = placed[key]
        assert left is not None
        ends[left] -= 1
        ends[target] += 1
        placed[key] = target
    return {need.key: placed[need.key] for need in needs}


def _open(need: Need[Target], ends: Mapping[Target, int]) -> list[Target]:
    return [target for target in ends if target not in need.refused]


def _lightest(need: Need[Target], ends: dict[Target, int]) -> Target | None:
    """Takes the place: the load counts it."""
    found = min(_open(need, ends), key=ends.__getitem__, default=None)
    if found is not None:
        ends[found] += 1
    return found


def _better(
    needs: Sequence[Need[Target]],
    placed: Mapping[Hashable, Target | None],
    ends: Mapping[Target, int],
) -> tuple[Hashable, Target] | None:
    for need in needs:
        now = placed[need.key]
        target = min(_open(need, ends), key=ends.__getitem__, default=None)
        if now is not None and target is not None and ends[target] + 1 < ends[now]:
            return need.key, target
    return None


@dataclass(frozen=True)
class Fit:
    """Why a professional is proposed: `near` is the same commune, `able` the field asked for."""

    near: bool
    able: bool
    referent: int
    followed: int

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """The best first."""
        return not self.able, not self.near, self.referent, self.followed


FIELDS = {"social": {"social", "both"}, "pro": {"professional", "both"}, "sociopro": {"both"}}
"""The fields of a mandate that answer each type of orientation (CASF, article L. 262-29)."""


def answers(field: str, orientation: str) -> bool:
    """Whether a field suits a type of orientation; any does when none is asked for."""
    return orientation not in FIELDS or field in FIELDS[orientation]
