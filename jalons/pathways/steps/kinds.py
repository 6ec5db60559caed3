"""The kinds of steps that may be added: those of which the mere name is shared."""

from jalons.access.levels import Level
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.cache import Item

LIST = "step_kind"


class NotShared(ValueError):
    """A step of this kind tells something restricted: it may not stand in a shared pathway."""


def shared_kinds(territory: int) -> list[Item]:
    found = nomenclature.terms(LIST, territory=territory)
    return [item for item in found if item.level == Level.SHARED]


def shared_kind(territory: int, code: str) -> Item:
    """Raises NotShared."""
    for item in shared_kinds(territory):
        if item.code == code:
            return item
    raise NotShared(code)


def domain_of(code: str, territory: int) -> str:
    """The domain of a kind: an objection to it reaches the step too."""
    try:
        return nomenclature.term(LIST, code, territory=territory).domain
    except nomenclature.UnknownTerm:
        return ""
