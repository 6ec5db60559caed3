"""Asking for the import of a checked file: a job does it, row by row."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.kernel import clock

from .. import flows
from ..queries import progress_of
from ..rules import APPLY
from ..running import Run, move
from .holding import hold_import


@transaction.atomic
def apply_import(actor: Actor, key: UUID) -> None:
    """Starts an import, or has one that stopped take up where it was.

    Raises Refused, Impossible, and Unreadable when a newer flow was taken meanwhile.

    Asked twice, it starts once.
    """
    found = hold_import(actor, key, APPLY)
    flows.take(actor, found.kind, found.as_of)
    if found.state == "checked":
        move(actor, found, APPLY, started_at=clock.now())
    elif not progress_of(found).still:
        return
    Run.of(found).enqueue("exchange.apply")
