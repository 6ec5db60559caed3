"""The only source of the present: delays, retention and expiries are tested by travelling.

`now()` is an aware datetime, `today()` the date in the settings' time zone (Europe/Paris). The
shift is set for a process by `travel`, or, in the demo only, for web and worker together by a file
(`demo-clock` in `VAR_DIR`) that the demo page writes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    return _frozen.get() or timezone.now() + demo_shift()


def today() -> date:
    return timezone.localdate(now())


@contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Freezes the clock of the current context at `to`. Raises ValueError on a naive datetime."""
    if timezone.is_naive(to):
        raise ValueError("The clock gives aware datetimes only.")
    token = _frozen.set(to)
    try:
        yield
    finally:
        _frozen.reset(token)


def demo_shift() -> timedelta:
    """The shift chosen on the demo page; zero outside the demo."""
    if not settings.DEMO:
        return timedelta(0)
    try:
        return timedelta(seconds=float(_shift_file().read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta(0)


def set_demo_shift(shift: timedelta) -> None:
    """Raises PermissionError outside the demo."""
    if not settings.DEMO:
        raise PermissionError("Time travel exists in the demo only.")
    # Replaced in one step: a reader must never find the file empty and fall back to the present.
    draft = _shift_file().with_suffix(".new")
    draft.write_text(str(shift.total_seconds()))
    draft.replace(_shift_file())


def _shift_file() -> Path:
    return Path(settings.VAR_DIR) / "demo-clock"
