from datetime import timedelta

from jalons.kernel import clock

from ...models import Search

KEPT = timedelta(days=1)


def forget_old_searches() -> int:
    """Deletes the searches that no quota counts any more, in the open context; how many."""
    return Search.objects.filter(recorded_at__lt=clock.now() - KEPT).delete()[0]
