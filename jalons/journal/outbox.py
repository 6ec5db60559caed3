"""The outbox: what follows an event is a job, committed with it, that reads the journal later.

A subscriber's job receives `event` (the key, as text) and `territory` (the number, or None), opens
its own context, and may run twice. It sees the kind that the event shows, so a neutral one.
"""

from fnmatch import fnmatchcase

from jalons.kernel import jobs

from .models import Event

_subscriptions: list[tuple[str, str]] = []


def subscribe(pattern: str, job: str) -> None:
    """Has `job` run after each event whose kind matches: "people.entry_received", "people.*"."""
    if (pattern, job) not in _subscriptions:
        _subscriptions.append((pattern, job))


def jobs_after(kind: str) -> list[str]:
    """The jobs that follow an event of this kind, each once, in the order of subscription."""
    return list(dict.fromkeys(job for pattern, job in _subscriptions if fnmatchcase(kind, pattern)))


def enqueue_consequences(event: Event, *, using: str = "default") -> None:
    """Commits, with the event, one job for each subscriber."""
    for job in jobs_after(event.kind):
        jobs.enqueue(job, using=using, event=str(event.pk), territory=event.territory)
