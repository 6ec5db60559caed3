"""The kinds of events: each room registers its own, and what each is called on screen."""

import re
from dataclasses import dataclass

LEVELS = ("open", "identity", "shared", "restricted", "sealed", "private")
"""The values of `access.levels.Level` that a payload may have."""
HIDDEN = frozenset({"restricted", "sealed", "private"})
_CODE = re.compile(r"[a-z_]+\.[a-z_]+")


class UnknownKind(LookupError):
    """No room registered a kind of this code."""


@dataclass(frozen=True)
class Kind:
    """`code` is "room.what_happened"; `label` is shown in the timeline.

    `level` is the payload's. A kind of a restricted, sealed or private fact names in `neutral` the
    kind that the event shows in its place: the true one stands in the encrypted payload only.
    Ordinary acts must write the neutral kind too, or it would tell what it hides.
    """

    code: str
    label: str
    level: str = "shared"
    neutral: str = ""

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.code) or len(self.code) > 60:
            raise ValueError(f"{self.code!r} is not a code such as 'room.what_happened'.")
        if self.level not in LEVELS:
            raise ValueError(f"{self.level!r} is not the level of a payload.")
        if (self.level in HIDDEN) != bool(self.neutral):
            raise ValueError(f"{self.code}: a {self.level} kind and its neutral kind do not agree.")


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Raises ValueError if the code is taken by another kind."""
    if _kinds.setdefault(kind.code, kind) != kind:
        raise ValueError(f"Two kinds of events are called {kind.code!r}.")


def registered() -> list[Kind]:
    return sorted(_kinds.values(), key=lambda kind: kind.code)


def kind_of(code: str) -> Kind:
    """Raises UnknownKind."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownKind(code) from None


def label_of(code: str) -> str:
    """The label of a kind; its code if no room registers it any more: events outlive kinds."""
    return _kinds[code].label if code in _kinds else code


def shown(kind: Kind) -> Kind:
    """The kind that the event bears: `kind` itself, or its neutral one. Raises UnknownKind."""
    if not kind.neutral:
        return kind
    neutral = kind_of(kind.neutral)
    if neutral.neutral:
        raise ValueError(f"{kind.code}: its neutral kind hides another one.")
    return neutral
