"""How a person's names are compared: accents, hyphens, particles and order are forgiven. Pure."""

from collections.abc import Iterable
from functools import lru_cache

from jalons.kernel.text import fold

PARTICLES = frozenset({"d", "da", "de", "del", "des", "di", "do", "dos", "du"}) | frozenset(
    {"el", "la", "las", "le", "les", "lo", "los", "van", "von", "y"}
)
"""Words that stand or fall with the clerk who types them; a name made of them alone keeps them."""


def sort_key(family_name: str, given_name: str) -> str:
    """The folded « nom prénom » that lists are ordered by."""
    return fold(f"{family_name} {given_name}")


def words(name: str) -> list[str]:
    """The folded words of a name, without its particles."""
    found = fold(name).split()
    return [word for word in found if word not in PARTICLES] or found


@lru_cache(maxsize=10_000)
def glued(name: str) -> frozenset[str]:
    """A name in one piece, with and without its particles: « Le Goff », « Legoff », « Goff »."""
    return frozenset({"".join(words(name)), fold(name).replace(" ", "")} - {""})


def indexed(*names: str) -> list[str]:
    """What a search by name meets: each word, and each compound name in one piece, in order."""
    return sorted({form for name in names for form in _forms(name)})


def _forms(name: str) -> Iterable[str]:
    return {*words(name), *glued(name)}
