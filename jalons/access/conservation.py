"""How long everything is kept: each room says it from the constants that its code obeys.

`docs/dpo/conservation.md` is written from here, so that it cannot say something else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from .documents import NOTICE, table
from .purposes import PURPOSES

_HEAD = (
    "Écrit d’après les réglages et les constantes du logiciel. Un territoire peut raccourcir les"
    " durées légales, jamais les allonger.\n"
)
NEVER = "sans terme automatique"


@dataclass(frozen=True)
class Kept:
    """`what`, `term`, `then` are French; `rank` orders the lines; `source` is the law, if any."""

    rank: int
    what: str
    term: str
    then: str
    source: str = ""


_kept: list[Callable[[], Kept]] = []


def register(line: Callable[[], Kept]) -> None:
    """Adds a line, computed when the page is written."""
    _kept.append(line)


def keeps(rank: int, what: str, term: timedelta | str, then: str, source: str = "") -> None:
    said = duration(term) if isinstance(term, timedelta) else term
    register(lambda: Kept(rank, what, said, then, source))


def duration(term: timedelta) -> str:
    """« 30 minutes », « 12 heures », « 8 jours »."""
    seconds = int(term.total_seconds())
    if seconds % 86_400 == 0:
        return _plural(seconds // 86_400, "jour")
    if seconds % 3_600 == 0:
        return _plural(seconds // 3_600, "heure")
    return _plural(seconds // 60, "minute")


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'s' if number > 1 else ''}"


def page() -> str:
    lines = sorted((line() for line in _kept), key=lambda kept: (kept.rank, kept.what))
    rows = ([kept.what, kept.term, kept.then, kept.source] for kept in lines)
    exports = (
        [purpose.label, "refusée" if purpose.forbidden else "permise", purpose.basis]
        for purpose in PURPOSES.values()
    )
    return "\n".join(
        [
            "# Durées de conservation\n",
            NOTICE,
            _HEAD,
            table(["Donnée", "Durée", "Ensuite", "Source"], rows),
            "## Finalités d’un export de liste\n",
            "Un export demande sa finalité, l’inscrit au journal et l’imprime dans le fichier.\n",
            table(["Finalité", "Export", "Base"], exports),
        ]
    )
