"""Appending an event: one INSERT, one more for its payload, one more for each consequence."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.transaction import TransactionManagementError

from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from . import outbox, payloads
from .kinds import Kind, UnknownKind, kind_of, register, shown
from .models import Event, Payload

__all__ = ["DIMENSIONS", "Kind", "UnknownDimension", "UnknownKind", "append", "register"]

DIMENSIONS = frozenset({"epci", "organization", "phase", "publics"})
"""What an event may say of its time in clear: codes, neither sealed nor restricted."""
_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,60}")


class UnknownDimension(ValueError):
    """A dimension outside `DIMENSIONS`, or whose value is neither a code nor a list of codes."""


def append(  # noqa: PLR0913 - the columns of an event
    kind: str,
    *,
    territory: int | None,
    account: UUID | None = None,
    mandate: UUID | None = None,
    organization: UUID | None = None,
    person: UUID | None = None,
    object_kind: str = "",
    object_key: UUID | None = None,
    occurred_at: datetime | None = None,
    dimensions: Mapping[str, str | list[str]] | None = None,
    payload: dict[str, Any] | None = None,
    cause: UUID | None = None,
    using: str = "default",
) -> Event:
    """Appends one event to the open transaction and asks for its consequences.

    Raises UnknownKind, UnknownDimension, NotJson, and TransactionManagementError outside a
    transaction: an event is written with the change it tells.
    """
    if not connections[using].in_atomic_block:
        raise TransactionManagementError("An event is appended in the transaction of its change.")
    known = kind_of(kind)
    key = uuid7()
    event = Event(
        id=key,
        kind=shown(known).code,
        territory=territory,
        account=account,
        mandate=mandate,
        organization=organization,
        person=person,
        object_kind=object_kind,
        object_key=object_key,
        occurred_at=occurred_at or clock.now(),
        dimensions=checked(dimensions or {}),
        cause=cause,
    )
    _insert(event, known, payload, using)
    outbox.enqueue_consequences(event, using=using)
    return event


def _insert(event: Event, known: Kind, data: dict[str, Any] | None, using: str) -> None:
    if data is None and not known.neutral:
        event.save(using=using, force_insert=True)
        return
    body, event.digest = payloads.enclose(known, data or {})
    event.save(using=using, force_insert=True)
    Payload(event=event.pk, territory=event.territory, body=body).save(
        using=using, force_insert=True
    )


def checked(dimensions: Mapping[str, str | list[str]]) -> dict[str, str | list[str]]:
    """The dimensions, as they are kept. Raises UnknownDimension."""
    for name, value in dimensions.items():
        codes = value if isinstance(value, list) else [value]
        if name not in DIMENSIONS or not all(_is_code(code) for code in codes):
            raise UnknownDimension(f"{name} = {value!r}")
    return dict(dimensions)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None
