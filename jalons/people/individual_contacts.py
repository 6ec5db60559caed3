"""What counts as an individual contact with the person: a file stays active for a time after it.

CASF, article R. 263-1: the data are kept two years after the last individual contact. Each room
registers its kinds of events from its `registry.py`.
"""

from collections.abc import Iterable

_kinds: set[str] = set()


def register(kinds: Iterable[str]) -> None:
    _kinds.update(kinds)


def kinds() -> frozenset[str]:
    return frozenset(_kinds)
