"""The worker: takes jobs as they come (LISTEN), and outlives restarts of the database.

It needs its own connection to PostgreSQL, not a transaction pooler's.
"""

import asyncio
import logging
from dataclasses import dataclass

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status

from .jobs import registered

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """Seconds between signs of life, until it is held for dead, between looks, to reconnect."""

    heartbeat: float = 10
    stalled: float = 30
    watch: float = 10
    reconnect: float = 1


def work(*, concurrency: int = 2, wait: bool = True, pace: Pace = Pace()) -> None:
    """Runs jobs until SIGINT or SIGTERM; with `wait=False`, until none is left."""
    if not isinstance(app.connector, DjangoConnector):
        raise TypeError("A worker runs already in this process.")
    asyncio.run(_work(concurrency, wait=wait, pace=pace))


async def _work(concurrency: int, *, wait: bool, pace: Pace) -> None:
    while True:
        try:
            await _work_until_stopped(concurrency, wait=wait, pace=pace)
        except* ConnectorException:
            logger.warning("the database does not answer; another try in %s s", pace.reconnect)
            await asyncio.sleep(pace.reconnect)
        else:
            return


async def _work_until_stopped(concurrency: int, *, wait: bool, pace: Pace) -> None:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async(), asyncio.TaskGroup() as group:
            watch = group.create_task(_recover_abandoned(pace))
            await working.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                update_heartbeat_interval=pace.heartbeat,
                stalled_worker_timeout=pace.stalled,
            )
            watch.cancel()


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
