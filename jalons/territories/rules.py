"""What the name of an organization tells of its kind."""

from collections.abc import Iterable
from typing import Protocol


class Kind(Protocol):
    """An entry of the list of kinds; `keys` are its names, folded."""

    @property
    def code(self) -> str: ...
    @property
    def sensitive(self) -> bool: ...
    @property
    def keys(self) -> tuple[str, ...]: ...


OTHER = "AUTRE"


def kind_in(folded_name: str, kinds: Iterable[Kind]) -> tuple[str, bool]:
    """The code of the kind that a folded name holds, and whether it is sensitive.

    A sensitive kind wins over any other, the longest name over a shorter one: to hide one structure
    too many is repaired in its settings, to show one is not.
    """
    words = f" {folded_name} "
    found = [
        (kind.sensitive, len(key), kind.code)
        for kind in kinds
        for key in (*kind.keys, kind.code.lower().replace("_", " "))
        if f" {key} " in words
    ]
    sensitive, _, code = max(found, default=(False, 0, OTHER))
    return code, sensitive
