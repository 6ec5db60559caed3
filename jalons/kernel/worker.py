"""The worker: takes jobs as they come (LISTEN), and outlives restarts of the database.

It needs its own connection to PostgreSQL, not a transaction pooler's.
"""

import asyncio
import logging
import signal
from dataclasses import dataclass

from procrastinate.app import WorkerOptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from .jobs import registered

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """In seconds."""

    heartbeat: float = 10
    """Between two signs of life."""
    stalled: float = 30
    """Without one, a worker is held for dead."""
    watch: float = 10
    """Between two looks for dead workers."""
    poll: float = 5
    """Between two looks for jobs whose time has come."""
    reconnect: float = 1
    """Before another try when the database does not answer."""


PACE = Pace()


def work(
    *, queues: list[str] | None = None, concurrency: int = 2, wait: bool = True, pace: Pace = PACE
) -> None:
    """Runs the jobs of these queues (or of all) until SIGINT or SIGTERM.

    With `wait=False`, until none is left.
    """
    options = WorkerOptions(
        concurrency=concurrency,
        wait=wait,
        delete_jobs="successful",
        install_signal_handlers=False,
        fetch_job_polling_interval=pace.poll,
        update_heartbeat_interval=pace.heartbeat,
        stalled_worker_timeout=pace.stalled,
    )
    if queues:
        options["queues"] = queues
    asyncio.run(_work(options, pace))


async def _work(options: WorkerOptions, pace: Pace) -> None:
    told_to_stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, told_to_stop.set)
    while not told_to_stop.is_set():
        try:
            await _work_while_connected(options, pace, told_to_stop)
        except ConnectorException:
            logger.warning("the database does not answer; another try in %s s", pace.reconnect)
        if not options["wait"]:
            return
        await asyncio.sleep(pace.reconnect)


async def _work_while_connected(
    options: WorkerOptions, pace: Pace, told_to_stop: asyncio.Event
) -> None:
    """Returns once told to stop, or once the worker gave up because the database went away."""
    connector = DjangoConnector().get_worker_connector()
    with app.replace_connector(connector) as working:
        async with working.open_async():
            tasks = [
                asyncio.create_task(working.run_worker_async(**options)),
                asyncio.create_task(_recover_abandoned(pace)),
                asyncio.create_task(told_to_stop.wait()),
            ]
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()
            for ending in await asyncio.gather(*tasks, return_exceptions=True):
                if isinstance(ending, Exception):
                    raise ending


async def _recover_abandoned(pace: Pace) -> None:
    """Gives back the jobs of dead workers; one that kills its worker each time ends as failed."""
    while True:
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=pace.stalled)
        for job in stalled:
            logger.warning("job %s (%s) was left by a dead worker", job.id, job.task_name)
            await _give_back(job)
        await asyncio.sleep(pace.watch)


async def _give_back(job: Job) -> None:
    declared = registered().get(job.task_name)
    if declared and job.attempts < declared.retries.most:
        await app.job_manager.retry_job(job)
    else:
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
