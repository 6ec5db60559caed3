"""Stopping an import between two rows: what is done stays done, what waits is forgotten."""

from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor
from jalons.kernel import clock

from ..models import Import
from ..queries import counts_of
from ..rules import CANCEL
from ..running import move
from .erase_files import erase
from .holding import hold_import


@transaction.atomic
def cancel_import(actor: Actor, key: UUID) -> Import:
    """Raises Refused, Impossible. A file of which nothing was imported is erased at once."""
    found = hold_import(actor, key, CANCEL)
    counts = counts_of(found) if found.started_at else found.counts
    move(actor, found, CANCEL, ended_at=clock.now(), counts=counts)
    if found.started_at is None:
        erase(actor, found)
    return found
