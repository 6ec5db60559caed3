"""Named locks of the open transaction, for what no row can be locked for yet."""

from django.db import connection


def hold(name: str) -> None:
    """Waits for, then keeps until the end of the transaction, the lock called `name`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
