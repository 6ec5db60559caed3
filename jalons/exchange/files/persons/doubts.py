"""Whom a doubtful row may speak of: nobody whom the author of the import may not see."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import visible_to
from jalons.access.levels import Level
from jalons.kernel.prepared import among
from jalons.people.models import Person

from .finding import Found

CONTRADICTING = "other_nir"
"""The reason that forbids to say of two numbers that they are one person's."""


def in_sight(actor: Actor, keys: Iterable[UUID]) -> set[UUID]:
    """Those whose identity the actor reads; protected persons are nobody. One query."""
    wanted = list(keys)
    if not wanted:
        return set()
    rows = Person.objects.filter(visible_to(actor, "person", Level.IDENTITY), protected=False)
    return set(rows.filter(pk__in=among(wanted)).values_list("pk", flat=True))


def candidates(found: Found, sight: set[UUID]) -> list[dict[str, Any]]:
    """As a row keeps them, the likeliest first."""
    return [
        {"person": str(one.person), "score": one.score, "reasons": list(one.reasons)}
        for one in found.candidates
        if one.person in sight
    ]
