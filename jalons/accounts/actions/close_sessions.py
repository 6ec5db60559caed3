from uuid import UUID

from django.db import transaction

from jalons.accounts import sessions
from jalons.accounts.events import record


@transaction.atomic
def close_session(account: UUID, handle: str) -> int:
    """Ends one of one's own sessions; how many ended."""
    ended = sessions.end(account, handle)
    if ended:
        record("sessions_closed", account, count=ended)
    return ended


@transaction.atomic
def close_others(account: UUID, current_key: str | None) -> int:
    """Ends all of one's own sessions but this one; how many ended."""
    ended = sessions.end_others(account, current_key)
    if ended:
        record("sessions_closed", account, count=ended)
    return ended
