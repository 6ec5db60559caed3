"""The kinds of objects that the policy answers about, and the acts on them: rooms register them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from .policy import READ, Target
from .table import BREAK_GLASS, REVEAL


@dataclass(frozen=True)
class ObjectKind:
    """`load` fetches the facts of one object, or None.

    `person` names the person a consultation of the object is about, from its key and its facts;
    None when the object says nothing of anybody; `others` names whom else a page about it shows.
    `closed` tells that no link opens the object any more, from its facts. `moved` names the object
    of the same kind that this one was made one with: its addresses lead there.
    """

    name: str
    label: str
    load: Callable[[UUID, datetime], Target | None]
    person: Callable[[UUID, Any], UUID | None] | None = None
    closed: Callable[[Any], bool] = attrgetter("frozen")
    others: Callable[[Any], Iterable[UUID]] | None = None
    moved: Callable[[Any], UUID | None] | None = None


@dataclass(frozen=True)
class Act:
    name: str
    label: str
    kind: str


KINDS: dict[str, ObjectKind] = {}
ACTS: dict[str, Act] = {
    READ: Act(READ, "Lire", ""),
    REVEAL: Act(REVEAL, "Révéler une information restreinte", "person"),
    BREAK_GLASS: Act(BREAK_GLASS, "Accéder en urgence", "person"),
}


def register_kind(kind: ObjectKind) -> None:
    _add(KINDS, kind)


def register_act(act: Act) -> None:
    _add(ACTS, act)


def _add(registry: dict[str, Any], item: Any) -> None:
    if item.name in registry:
        raise ValueError(f"{item.name!r} is registered twice")
    registry[item.name] = item
