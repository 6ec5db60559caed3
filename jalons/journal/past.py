"""A past that is loaded at once: thousands of events in one statement, bare of any payload."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connections

from jalons.kernel.ids import uuid7

from .events import checked
from .kinds import kind_of, shown

INSERT = """
INSERT INTO journal_event (
    id, kind, territory, occurred_at, recorded_at, object_kind, object_key, person,
    account, mandate, organization, dimensions
)
SELECT id, kind, territory, at, at, object_kind, object_key, person,
    account, mandate, organization, dimensions::jsonb
FROM unnest(
    %s::uuid[], %s::text[], %s::smallint[], %s::timestamptz[], %s::text[], %s::uuid[], %s::uuid[],
    %s::uuid[], %s::uuid[], %s::uuid[], %s::text[]
) WITH ORDINALITY AS past (
    id, kind, territory, at, object_kind, object_key, person,
    account, mandate, organization, dimensions, rank
)
ORDER BY rank
"""


@dataclass(slots=True)
class Past:
    """An event as `events.append` describes it; it was recorded when it occurred."""

    kind: str
    territory: int | None
    occurred_at: datetime
    object_kind: str = ""
    object_key: UUID | None = None
    person: UUID | None = None
    account: UUID | None = None
    mandate: UUID | None = None
    organization: UUID | None = None
    dimensions: Mapping[str, str | list[str]] = field(default_factory=dict)


def append_past(past: Sequence[Past], *, using: str = "default") -> None:
    """Appends these events in their order; nothing follows from them.

    Raises UnknownKind, UnknownDimension.
    """
    rows = [
        (
            uuid7(),
            shown(kind_of(event.kind)).code,
            event.territory,
            event.occurred_at,
            event.object_kind,
            event.object_key,
            event.person,
            event.account,
            event.mandate,
            event.organization,
            json.dumps(checked(event.dimensions)),
        )
        for event in past
    ]
    if rows:
        with connections[using].cursor() as cursor:
            cursor.execute(INSERT, [list(column) for column in zip(*rows, strict=True)])
