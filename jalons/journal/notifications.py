"""What waits for an account: rows that a consequence of an event adds, and that its owner reads."""

from collections.abc import Iterable
from uuid import UUID

from jalons.kernel import clock

from .models import Event, Notification


def notify(event: Event, accounts: Iterable[UUID]) -> None:
    """Adds one notification an account, once however often the job runs.

    Whoever caused the event is not told of it.
    """
    Notification.objects.bulk_create(
        [
            Notification(
                event=event.pk, account=account, territory=event.territory, kind=event.kind
            )
            for account in sorted(set(accounts) - {event.account})
        ],
        ignore_conflicts=True,
    )


def unread(account: UUID, limit: int = 50) -> list[Notification]:
    """The account's notifications in the open context, the oldest first."""
    waiting = Notification.objects.filter(account=account, read_at=None)
    return list(waiting.order_by("recorded_at", "id")[:limit])


def mark_read(account: UUID, notifications: Iterable[UUID]) -> int:
    """Marks as read those of these that are the account's; returns how many were unread."""
    waiting = Notification.objects.filter(account=account, read_at=None)
    return waiting.filter(pk__in=list(notifications)).update(read_at=clock.now())
