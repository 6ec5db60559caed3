"""The domains of which an objective is shared: the words of the others are read one at a time."""

from jalons.access.levels import Level
from jalons.nomenclature import queries as nomenclature
from jalons.nomenclature.cache import Item
from jalons.people.domains import NAMED

LIST = "domain"


class NotShared(ValueError):
    """The words of this domain are restricted or sealed: a shared objective may not hold them."""


def shared_domains() -> list[Item]:
    found = nomenclature.terms(LIST)
    return [item for item in found if item.level == Level.SHARED and item.code not in NAMED]


def require_shared(domain: str) -> None:
    """Raises NotShared."""
    if domain not in {item.code for item in shared_domains()}:
        raise NotShared(domain)
