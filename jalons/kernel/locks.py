"""Named locks of the open transaction, for what no row can be locked for yet."""

from collections.abc import Iterable

from django.db import connection


def hold_all(names: Iterable[str]) -> None:
    """The same, of several names in one query, in an order that two holders share."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(said, 0)) FROM unnest(%s::text[]) said",
            [sorted(names)],
        )


def hold(name: str) -> None:
    """Waits for, then keeps until the end of the transaction, the lock called `name`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
