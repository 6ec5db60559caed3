"""Who opened what about whom: written before the page is served, or the page is not served."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from jalons.kernel import clock

from .actor import Actor
from .levels import Level
from .models import Consultation


class Unwritable(Exception):
    """The consultation could not be written: the page must not be served."""


@dataclass(frozen=True)
class Opened:
    """One page opened: what was asked, and the relation that allowed it (empty when refused)."""

    page: str
    act: str
    level: Level | None
    reason: str = ""
    refused: bool = False


def record(
    actor: Actor,
    opened: Opened,
    *,
    person: UUID | None = None,
    listed: Iterable[UUID] | None = None,
) -> None:
    """Inserts one row. Raises Unwritable, and leaves the transaction usable."""
    row = Consultation(
        at=clock.now(),
        territory=actor.territory,
        account=actor.account,
        mandate=actor.mandate,
        organization=actor.organization,
        page=opened.page,
        act=opened.act,
        level=opened.level or "",
        person=person,
        listed=None if listed is None else list(listed),
        reason=opened.reason,
        refused=opened.refused,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except DatabaseError as error:
        raise Unwritable from error


def record_list(request: Any, persons: Iterable[UUID], *, reason: str = "list") -> None:
    """Records the persons that a list page shows, then closes the transaction to writes."""
    line = request.line
    opened = Opened(request.resolver_match.view_name, line.act, line.level, reason)
    record(request.actor, opened, listed=persons)
    request.listed = True
    if request.method != "POST":
        read_only()


def read_only() -> None:
    """From here on this transaction writes nothing (kept to real transactions: it outlives a
    released savepoint)."""
    if len(connection.savepoint_ids) == 0 and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
