"""How names are invented and spoilt: by the finger, or by the ear."""

import re
import string
from random import Random

ONSETS = re.findall(r"\w+", "b br c ch cl cr d f fl g gr j l m n p pl pr qu r s t tr v")
VOWELS = re.findall(r"\w+", "a e i o u ou oi ai é au")
ENDS = [*re.findall(r"\w+", "t n r l rd nd x s c lle tte gne re"), "", "", "", ""]
SOUNDS = (
    ("ph", "f"),
    ("th", "t"),
    ("eau", "o"),
    ("au", "o"),
    ("y", "i"),
    ("i", "y"),
    ("ss", "s"),
    ("s", "ss"),
    ("c", "k"),
    ("qu", "k"),
    ("ll", "l"),
    ("l", "ll"),
    ("tt", "t"),
    ("t", "tt"),
    ("nn", "n"),
    ("n", "nn"),
    ("ai", "é"),
    ("z", "s"),
    ("ie", "i"),
    ("h", ""),
)
LAST = (("d", "t"), ("t", "d"), ("x", ""), ("s", ""), ("t", ""), ("e", ""), ("ault", "o"))


def invented(rng: Random, syllables: int) -> str:
    """A name that few bear: « Plouvard », « Crétoigne »."""
    parts = [rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables)]
    return "".join([*parts, rng.choice(ENDS)]).capitalize()


def typo(name: str, rng: Random) -> str:
    """One letter added, lost, changed, or exchanged with its neighbour."""
    place = rng.randrange(len(name))
    letter = rng.choice(string.ascii_lowercase)
    kind = rng.randrange(4)
    if kind == 0 and len(name) > 2:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + letter + name[place:]
    if kind == 2 and place + 1 < len(name):
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + letter + name[place + 1 :]


def by_ear(name: str, rng: Random) -> str:
    """The same sound written otherwise, where the name has one of these sounds."""
    lower = name.lower()
    found = [(old, new) for old, new in SOUNDS if old in lower[1:]]
    ends = [(old, new) for old, new in LAST if lower.endswith(old) and len(lower) > len(old) + 2]
    if ends and (not found or rng.random() < 0.4):
        old, new = rng.choice(ends)
        return name[: -len(old)] + new
    if not found:
        return name + "e"
    old, new = rng.choice(found)
    place = lower.index(old, 1)
    return name[:place] + new + name[place + len(old) :]
