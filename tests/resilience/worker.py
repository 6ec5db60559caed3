"""The worker and the jobs of the resilience tests, on a database that holds nothing else.

`python -m tests.resilience.worker work | enqueue COUNT | failed`
"""

import json
import os
import random
import signal
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jalons.config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from jalons.kernel import jobs  # noqa: E402
from jalons.kernel.worker import Pace, work  # noqa: E402

QUEUE = "resilience"
PACE = Pace(heartbeat=0.5, stalled=3, watch=0.5, poll=0.3, reconnect=0.1)


@jobs.job("resilience.effect", retries=100, base=1, queue=QUEUE)
def effect(*, key: int) -> None:
    time.sleep(random.uniform(0, 0.03))
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effect (key) VALUES (%s)", [key])
    time.sleep(random.uniform(0, 0.03))


@jobs.job("resilience.poison", retries=1, base=1, queue=QUEUE)
def poison() -> None:
    raise ValueError("This job never succeeds.")


@jobs.job("resilience.deadly", retries=2, base=1, queue=QUEUE)
def deadly() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def enqueue(count: int) -> None:
    """Jobs of keys 0, 1, 2…, a third of them in line behind one lock."""
    with transaction.atomic():
        for key in range(count):
            jobs.enqueue("resilience.effect", lock="line" if key % 3 == 0 else None, key=key)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["work"]:
            work(queues=[QUEUE], pace=PACE)
        case ["enqueue", "poison" | "deadly" as name]:
            jobs.enqueue(f"resilience.{name}")
        case ["enqueue", count]:
            enqueue(int(count))
        case ["failed"]:
            print(json.dumps([job.name for job in jobs.failed()]))
