"""How a sentence of a journey is read: « … » holds a text, a player stands where {who} is."""

import re
from collections.abc import Callable
from typing import Any

from pytest_bdd import parsers, step

from tests.journeys.players import PLAYER

PARTS = {
    "{who}": f"(?P<who>{PLAYER})",
    "{text}": "(?P<text>[^»]+?)",
    "{field}": "(?P<field>[^»]+?)",
}
PARTS |= {f"{{{name}}}": rf"(?P<{name}>\d+)" for name in ("rows", "errors", "warnings")}


def sentence(words: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    pattern = re.escape(words).replace(r"\ ", r"\s")
    for part, group in PARTS.items():
        pattern = pattern.replace(re.escape(part), group)
    return step(parsers.re(pattern))
