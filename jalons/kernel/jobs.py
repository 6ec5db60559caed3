"""Work done later, by the worker: jobs live in PostgreSQL, committed with what asks for them.

A job is a function of named JSON values (keys rather than content). It runs in one transaction of
the application's role, without any row-security context: it opens the one it needs. That
transaction also marks the job as done, so that after a crash it takes effect once. A job declared
with `atomic=False` manages its own transactions and must bear running twice.

A job that raises is retried after 5, 25, 125… seconds (`base`), then stays in sight as failed.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db import connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from procrastinate.tasks import configure_task

from . import clock

logger = logging.getLogger(__name__)

DONE = "__done__"
"""The argument that marks, in the job's row, that its transaction was committed."""

LONGEST_DELAY = 3600
"""Seconds between two tries."""

Function = Callable[..., object]


@dataclass(frozen=True)
class Retries(BaseRetryStrategy):
    """At most `most` more tries, each `base` times later than the one before, up to an hour."""

    most: int
    base: int

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        del exception
        if job.attempts >= self.most:
            return None
        return RetryDecision(retry_in={"seconds": self._delay(job.attempts)})

    def _delay(self, attempts: int) -> int:
        return int(min(LONGEST_DELAY, self.base ** min(attempts + 1, 20)))


@dataclass(frozen=True)
class Registered:
    name: str
    function: Function
    retries: Retries
    queue: str
    atomic: bool


_registered: dict[str, Registered] = {}


def registered() -> dict[str, Registered]:
    """Every job known to this process, by name."""
    return dict(_registered)


def job(
    name: str,
    *,
    retries: int = 5,
    base: int = 5,
    cron: str | None = None,
    queue: str = "default",
    atomic: bool = True,
) -> Callable[[Function], Function]:
    """Declares a function as the job `room.name`; with `cron`, it also runs at these times (UTC).

    Raises ValueError if the name is taken. The function itself is returned unchanged.
    """

    def declare(function: Function) -> Function:
        if name in _registered:
            raise ValueError(f"Two jobs are called {name!r}.")
        declared = Registered(name, function, Retries(retries, base), queue, atomic)
        _registered[name] = declared
        task = app.task(name=name, queue=queue, retry=declared.retries, pass_context=True)(
            _entry(declared)
        )
        if cron:
            app.periodic(cron=cron)(task)
        return function

    return declare


def _entry(declared: Registered) -> Callable[..., None]:
    """What the worker calls: the function, once in effect."""

    @wraps(declared.function)
    def run(context: JobContext, **arguments: Any) -> None:
        if context.job.id is None:
            raise ValueError("A job runs from its row.")
        perform(declared, context.job.id, arguments)

    return run


def perform(declared: Registered, number: int, arguments: dict[str, Any]) -> None:
    """Runs a job's function; not again if the transaction of an earlier run was committed."""
    named = {key: value for key, value in arguments.items() if key not in {DONE, "timestamp"}}
    if not declared.atomic:
        declared.function(**named)
        return
    with transaction.atomic():
        if _mark(number):
            declared.function(**named)
        else:
            logger.info("job %s (%s) was done already", number, declared.name)


def _mark(number: int) -> bool:
    """Marks the row, waiting for another run that holds it; False if it was marked already."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET args = args || jsonb_build_object(%s::text, true)"
            " WHERE id = %s AND NOT args ? %s",
            [DONE, number, DONE],
        )
        return bool(cursor.rowcount)


def enqueue(
    name: str,
    *,
    lock: str | None = None,
    at: datetime | None = None,
    using: str = "default",
    **arguments: Any,
) -> int:
    """Asks for a job in the caller's transaction; returns its number.

    Jobs of one `lock` run one after the other, in order. `at` is an aware datetime of
    `kernel.clock`. Raises KeyError if no job has this name.
    """
    options = configure_task(
        name=name,
        job_manager=JobManager(DjangoConnector(alias=using)),
        queue=_registered[name].queue,
        lock=lock,
        schedule_at=at - clock.demo_shift() if at else None,
    )
    return options.defer(**arguments)


@dataclass(frozen=True)
class Failed:
    """A job that ran out of tries. `arguments` holds keys only."""

    number: int
    name: str
    arguments: dict[str, Any]
    attempts: int


def failed() -> list[Failed]:
    """The jobs that need somebody: the oldest first."""
    rows = ProcrastinateJob.objects.filter(status="failed").order_by("id")
    return [Failed(row.pk, row.task_name, row.args, row.attempts) for row in rows]


def retry(number: int) -> None:
    """Gives a failed job one more try, now."""
    manager = JobManager(DjangoConnector())
    manager.retry_job_by_id(
        number, retry_at=clock.now() - clock.demo_shift() - timedelta(seconds=1)
    )
