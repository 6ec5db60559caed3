from datetime import timedelta

from django.db import transaction

from jalons.access.actor import system
from jalons.access.events import record
from jalons.kernel import clock, locks
from jalons.kernel.ids import uuid7

from ...models import UnusualReading
from ..queries import Signal

ONCE = timedelta(days=1)


@transaction.atomic
def notice(territory: int, signal: Signal) -> UnusualReading | None:
    """Keeps an unusual reading and tells it; None when the same was told within a day.

    The event names nobody who is accompanied.
    """
    locks.hold(f"vigilance:{territory}")
    same = {"rule": signal.rule, "account": signal.account, "person": signal.person}
    since = clock.now() - ONCE
    known = UnusualReading.objects.filter(**same, territory=territory, recorded_at__gt=since)
    if known.exists():
        return None
    key = uuid7()
    record(
        system(territory),
        "people.unusual_reading",
        object_kind="unusual_reading",
        object_key=key,
        payload={"rule": str(signal.rule), "count": signal.count},
    )
    return UnusualReading.objects.create(id=key, territory_id=territory, count=signal.count, **same)
