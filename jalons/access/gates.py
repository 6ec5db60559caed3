"""Conditions on a session that is open, asked before each page: rooms above register them.

A gate answers None to let the request through, or the page to go to first.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from .routes import Line

Gate = Callable[[Any, Line], HttpResponse | None]
_gates: dict[str, Gate] = {}


def register(name: str, gate: Gate) -> None:
    """Raises ValueError if the name is taken by another gate."""
    if _gates.setdefault(name, gate) is not gate:
        raise ValueError(f"Two gates are called {name!r}.")


def stopped(request: Any, line: Line) -> HttpResponse | None:
    """What the first closed gate answers, None when all are open."""
    for gate in _gates.values():
        if answer := gate(request, line):
            return answer
    return None
