"""Row 26: worker killed at random, database restarted, poison job; every job once in effect."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import psycopg
import pytest

from jalons.config.databases import URLS
from jalons.config.embedded import OWNER, cluster_running, url, variables
from jalons.config.postgres import Cluster
from tests.databases import ROOT, command

PATIENCE = 900
pytestmark = pytest.mark.xdist_group("resilience")


@dataclass
class Ground:
    """A cluster of its own, with the tables of the jobs only, and the workers started on it."""

    cluster: Cluster
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        known = variables(self.cluster)
        return {**os.environ, **{name: known[name] for name in URLS.values()}}

    def run(self, *arguments: str) -> str:
        line = [sys.executable, "-m", "tests.resilience.worker", *arguments]
        return subprocess.run(
            line, cwd=ROOT, env=self.environment(), check=True, capture_output=True, text=True
        ).stdout

    def start_worker(self) -> subprocess.Popen[bytes]:
        line = [sys.executable, "-m", "tests.resilience.worker", "work"]
        with (self.cluster.folder / "workers.log").open("a") as log:
            environment = self.environment()
            worker = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self.workers.append(worker)
        return self.workers[-1]

    def one(self, query: str) -> int:
        with psycopg.connect(url(self.cluster, OWNER)) as connection:
            row = connection.execute(query).fetchone()
        assert row is not None
        return int(row[0])

    def wait(self, query: str, value: int, patience: float = PATIENCE) -> None:
        """Waits until the query answers the value."""
        end = time.monotonic() + patience
        while (found := self.one(query)) != value:
            assert time.monotonic() < end, f"{query}: {found}, not {value}"
            time.sleep(0.05)

    def effects(self) -> list[int]:
        with psycopg.connect(url(self.cluster, OWNER)) as connection:
            return [row[0] for row in connection.execute("SELECT key FROM effect ORDER BY number")]


UNFINISHED = """
    SELECT count(*) FROM procrastinate_jobs
    WHERE queue_name = 'resilience' AND status IN ('todo', 'doing')
"""
EFFECTS = "SELECT count(*) FROM effect"
STARTED = "SELECT (count(*) > 0)::int FROM effect"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("jobs") / "pg"
    with cluster_running(folder) as cluster:
        known = {name: variables(cluster)[name] for name in URLS.values()}
        with psycopg.connect(url(cluster, OWNER), autocommit=True) as connection:
            connection.execute(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE"
                " ON TABLES TO jalons_app; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE,"
                " SELECT ON SEQUENCES TO jalons_app; CREATE TABLE effect"
                " (number bigserial, key int)"
            )
        command(known, "migrate", "procrastinate", "--database=migrator", "--verbosity=0")
        yield cluster
    cluster.remove()


@pytest.fixture
def ground(cluster: Cluster) -> Iterator[Ground]:
    ground = Ground(cluster)
    yield ground
    for worker in ground.workers:
        worker.kill()
        worker.wait()
    with psycopg.connect(url(cluster, OWNER), autocommit=True) as connection:
        connection.execute("TRUNCATE effect, procrastinate_jobs, procrastinate_workers CASCADE")


def assert_each_once(ground: Ground, count: int) -> None:
    effects = ground.effects()
    assert Counter(effects) == Counter(range(count))
    in_line = [key for key in effects if key % 3 == 0]
    assert in_line == sorted(in_line)


def test_a_worker_killed_at_random_loses_and_repeats_nothing(
    ground: Ground, full_size: bool
) -> None:
    count, kills = (2_000, 50) if full_size else (120, 4)
    ground.run("enqueue", str(count))
    workers = [ground.start_worker(), ground.start_worker()]
    ground.wait(STARTED, 1)
    for _ in range(kills):
        time.sleep(random.uniform(0.2, 0.8))
        victim = random.randrange(2)
        workers[victim].kill()
        workers[victim] = ground.start_worker()
    ground.wait(UNFINISHED, 0)
    assert_each_once(ground, count)


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_worker_outlives_a_restart_of_the_database(
    ground: Ground, full_size: bool, blow: signal.Signals
) -> None:
    count, restarts = (1_000, 10) if full_size else (60, 1)
    ground.run("enqueue", str(count))
    worker = ground.start_worker()
    ground.wait(STARTED, 1)
    for _ in range(restarts):
        strike(ground.cluster, blow)
        ground.cluster.start()
        time.sleep(0.5)
    ground.wait(UNFINISHED, 0)
    assert worker.poll() is None
    assert_each_once(ground, count)


def strike(cluster: Cluster, blow: signal.Signals) -> None:
    pid = cluster.pid()
    assert pid is not None
    os.kill(pid, blow)
    while cluster.pid() is not None:
        time.sleep(0.02)


def test_a_poison_job_ends_in_sight_and_stops_nobody(ground: Ground) -> None:
    ground.run("enqueue", "poison")
    ground.run("enqueue", "3")
    ground.start_worker()
    ground.wait(EFFECTS, 3)
    ground.wait(UNFINISHED, 0)
    assert json.loads(ground.run("failed")) == ["resilience.poison"]


def test_a_job_that_kills_its_worker_ends_in_sight(ground: Ground) -> None:
    ground.run("enqueue", "deadly")
    end = time.monotonic() + PATIENCE
    worker = ground.start_worker()
    while ground.one(UNFINISHED):
        assert time.monotonic() < end
        if worker.poll() is not None:
            worker = ground.start_worker()
        time.sleep(0.05)
    assert json.loads(ground.run("failed")) == ["resilience.deadly"]


def test_a_told_worker_ends_its_jobs_and_stops(ground: Ground) -> None:
    ground.run("enqueue", "30")
    worker = ground.start_worker()
    ground.wait(STARTED, 1)
    worker.terminate()
    assert worker.wait(PATIENCE) == 0
    assert ground.one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == 0
