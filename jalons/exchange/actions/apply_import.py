"""Asking for the import of a checked file: a job does it, row by row."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.kernel import clock

from ..queries import progress_of
from ..rules import APPLY
from ..running import Run, move
from .holding import hold_import


@transaction.atomic
def apply_import(actor: Actor, key: UUID) -> None:
    """Starts an import, or has one that stopped take up where it was. Raises Refused, Impossible.

    Asked twice, it starts once.
    """
    found = hold_import(actor, key, APPLY)
    if found.state == "checked":
        move(actor, found, APPLY, started_at=clock.now())
    elif not progress_of(found).still:
        return
    Run.of(found).enqueue("exchange.apply")
