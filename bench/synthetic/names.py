"""Invented persons' names, drawn from lists ordered from the most to the least frequent."""

from bisect import bisect
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from jalons.kernel.text import fold

FOLDER = Path(__file__).parent / "names"


@dataclass(frozen=True, slots=True)
class Name:
    """`folded` is what sorts it: folding a whole name joins its folded parts."""

    written: str
    folded: str


@dataclass(frozen=True)
class Drawer:
    """Draws with the frequency of a rank: 1 / (rank + flatness) ** slope."""

    items: list[Name]
    cumulated: list[float]

    def draw(self, chance: float) -> Name:
        return self.items[bisect(self.cumulated, chance * self.cumulated[-1])]


@cache
def names(file: str) -> tuple[str, ...]:
    """The names of "family", "female" or "male", in the order of their frequency."""
    text = (FOLDER / f"{file}.txt").read_text(encoding="utf-8")
    return tuple(" ".join(name.split()) for name in text.split(","))


@cache
def drawer(file: str) -> Drawer:
    flatness, slope = (30, 0.8) if file == "family" else (12, 0.9)
    items = [Name(written, fold(written)) for written in names(file)]
    weights = (1 / (rank + flatness) ** slope for rank in range(len(items)))
    return Drawer(items, list(accumulate(weights)))


def family(rng: Random) -> Name:
    """One name, or in two cases in a hundred two names with a hyphen."""
    found = drawer("family").draw(rng.random())
    if rng.random() > 0.02:
        return found
    other = drawer("family").draw(rng.random())
    return Name(f"{found.written}-{other.written}", f"{found.folded} {other.folded}")
