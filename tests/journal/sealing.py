"""Events for the tests of the seals, written and tampered with as the owner of the tables could.

All happens on the owner's connection, in the test's transaction, unless the test commits.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections

from jalons.journal.events import append
from jalons.journal.models import Event
from jalons.kernel import row_security

OWNER = "migrator"
TERRITORY = 7


def sow(count: int = 1, using: str = OWNER) -> list[Event]:
    """Appends this many events, a minute apart, with a payload for every other one."""
    start = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with row_security.context([TERRITORY], using=using):
        return [
            append(
                "garden.sown",
                territory=TERRITORY,
                occurred_at=start + timedelta(minutes=number),
                dimensions={"epci": "200000001", "publics": ["brsa"]},
                payload={"rows": number} if number % 2 else None,
                using=using,
            )
            for number in range(count)
        ]


def as_owner(sql: str, *parameters: Any) -> int:
    """Runs SQL as the owner of the tables; returns how many rows it touched."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)


def restart_positions() -> None:
    """What rolled-back tests leave behind them is the sequence: a test that counts starts at 1."""
    as_owner("ALTER SEQUENCE journal_event_position RESTART")
