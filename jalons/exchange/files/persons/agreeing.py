"""Rows of one file about one person: the fullest speaks first, who contradicts is set aside."""

from collections.abc import Sequence

from ..agreement import Claim, agree
from .formats import Saying, Together


def together(sayings: Sequence[Saying]) -> Together:
    """What each row is taken to say: what the rows that agree say between them."""
    agreed = agree((each.number, [Claim("person", each.values)]) for each in sayings)
    said = dict(agreed.said.get("person", {}))
    return Together(
        {each.number: said for each in sayings if each.number not in agreed.conflicts},
        agreed.conflicts,
    )
