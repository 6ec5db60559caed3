from django.db import transaction

from jalons.access.actor import system
from jalons.access.events import record
from jalons.kernel import clock

from ...models import Merge


@transaction.atomic
def settle_merges(territory: int) -> int:
    """Forgets what was needed to undo the merges whose delay is over; returns how many."""
    over = Merge.objects.filter(
        territory=territory, state=Merge.State.DONE, undo_until__lte=clock.today()
    ).exclude(cipher=b"")
    keys = list(over.order_by("pk").select_for_update().values_list("pk", flat=True))
    for key in keys:
        record(system(territory), "people.merge_settled", object_kind="merge", object_key=key)
    Merge.objects.filter(pk__in=keys).update(cipher=b"")
    return len(keys)
