"""What is true of the lists whatever the database: levels, codes, validity."""

import re
from datetime import date, timedelta

from jalons.access.levels import Level
from jalons.kernel.text import fold

LOCAL_PREFIX = "local_"
"""A territory's own codes begin so; a national one never does."""

SEALED_DOMAINS = ("violences", "justice")
DETAIL_LEVELS = {
    "sante": Level.RESTRICTED,
    "finances": Level.RESTRICTED,
    "violences": Level.SEALED,
    "justice": Level.SEALED,
}
"""The least level of the words, situations, objectives and actions of a domain (product.md §5)."""

_STRICTNESS = {level: rank for rank, level in enumerate(Level)}
_ROME = re.compile(r"^(?P<label>.*?)\s*\((?P<code>[A-N]\d{4})\)\s*$")
_ROME_CODE = re.compile(r"^[A-N]\d{4}$")


def strictest(*levels: Level) -> Level:
    """The least widely read of these levels (at least one)."""
    return max(levels, key=_STRICTNESS.__getitem__)


def detail_level(domain: str) -> Level:
    """The least level of what is said, beyond the scale value, in a domain."""
    return DETAIL_LEVELS.get(domain, Level.SHARED)


def in_force(valid_from: date | None, valid_until: date | None, at: date) -> bool:
    return (valid_from is None or valid_from <= at) and (valid_until is None or at < valid_until)


def earliest_end(valid_from: date | None, today: date) -> date:
    """The first day from which an entry may be closed: it was in force one day at least."""
    return max(today, valid_from + timedelta(days=1)) if valid_from else today


def rome_of(text: str) -> tuple[str, str]:
    """The ROME code and the label of « appellation (N1104) » or of a bare code.

    Files keep labels of the third version, whose codes are still in use: ("N1104", "Grutier"). The
    code is empty when the text holds none.
    """
    text = text.strip()
    if _ROME_CODE.match(text.upper()):
        return text.upper(), ""
    found = _ROME.match(text)
    return (found["code"], found["label"]) if found else ("", text)


def local_code(label: str) -> str:
    """The code of an entry that a territory adds: its folded label, under the local prefix."""
    return (LOCAL_PREFIX + fold(label).replace(" ", "_"))[:60].rstrip("_")
