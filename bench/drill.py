"""Row 27: everything is lost, then comes back from the backups: the latest, and one moment.

A server of its own, archiving as `ops/postgresql/archiving.conf` says; `ops/base_backup.sh` and
`ops/restore_at.sh` do the work. The keys, the seals' copy and the register of erasures are kept
apart, as on a server.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from jalons.config.embedded import cluster_running, url, variables
from jalons.config.postgres import NOBODY, Cluster, bin_path, runs_as_nobody
from jalons.kernel.crypto import write_new_keys

from .measures import emit

ROOT = Path(__file__).parents[1]
ARCHIVING = ROOT / "ops" / "postgresql" / "archiving.conf"
TIMEOUT = "archive_timeout = '120s'"
PERSONS, WRITING = 25_000, 150.0
PATIENCE = 1800


@dataclass
class Found:
    """Seconds; `problems` is empty when the drill is a success."""

    rpo: float = 0
    rto: float = 0
    backup: float = 0
    persons: int = 0
    acts: int = 0
    problems: list[str] = field(default_factory=list)


def run(*, quick: bool, persons: int | None = None) -> None:
    size = persons or (500 if quick else PERSONS)
    with tempfile.TemporaryDirectory(prefix="jalons-drill-", dir=_place()) as folder:
        found = Drill(Path(folder), size, 8 if quick else WRITING, 2 if quick else None).run()
    for name in ("rpo", "rto", "backup"):
        emit("drill", name, getattr(found, name), "s", size)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    sys.exit(1 if found.problems else 0)


def _place() -> str | None:
    return "/var/lib" if runs_as_nobody() else None


class Drill:
    """`timeout` replaces the seconds after which a segment leaves, in a reduced drill."""

    def __init__(
        self, folder: Path, persons: int, writing: float, timeout: int | None = None
    ) -> None:
        self.folder, self.persons, self.writing = folder, persons, writing
        self.timeout = timeout
        self.archive, self.safe = folder / "archive", folder / "safe"
        for place in (self.archive, self.safe, folder / "machine"):
            place.mkdir()
        if runs_as_nobody():
            os.chown(self.archive, NOBODY, NOBODY)
        self.found = Found()

    def run(self) -> Found:
        with self._first_server() as cluster:
            before, acts, erased, moment = self._live(cluster)
            self._crash(cluster)
            lost_at = time.time()
        self._lose_everything()
        self._restore_the_latest(acts, lost_at)
        self._restore_the_moment(acts, moment, erased, before)
        return self.found

    @contextmanager
    def _first_server(self) -> Iterator[Cluster]:
        write_new_keys(self.folder / "machine" / "keys.json")
        place = self.folder / "first"
        with cluster_running(place) as cluster:
            shutil.copy(place / "passwords.json", self.safe)
            said = ARCHIVING.read_text().replace("ARCHIVE/", f"{self.archive}/")
            if self.timeout:
                said = said.replace(TIMEOUT, f"archive_timeout = '{self.timeout}s'")
            cluster.stop()
            with (cluster.data / "postgresql.auto.conf").open("a") as file:
                file.write(said)
            cluster.start()
            yield cluster

    def _live(self, cluster: Cluster) -> tuple[set[str], list[tuple[int, str]], str, str]:
        """Populated, saved, written to; then the moment to come back to, and an erasure."""
        self._manage(cluster, "prepare_database")
        self._step(cluster, "populate", str(self.persons))
        for name in ("keys.json", "seals.jsonl"):
            shutil.copy(self.folder / "machine" / name, self.safe)
        self.found.backup = _timed(lambda: self._back_up(cluster))
        before = set(self._facts(cluster)["persons"])
        acts = self._written(cluster, self.writing / 2)
        time.sleep(1)
        moment = _now(cluster)
        time.sleep(1)
        erased = json.loads(self._step(cluster, "erase"))
        shutil.copy(self.folder / "machine" / "erasures.jsonl", self.safe)
        acts += self._written(cluster, self.writing / 2, after=len(acts))
        return before, acts, erased, moment

    def _written(self, cluster: Cluster, seconds: float, after: int = 0) -> list[tuple[int, str]]:
        lines = self._step(cluster, "write", str(seconds)).splitlines()
        return [(after + number, at) for number, at in map(json.loads, lines)]

    def _back_up(self, cluster: Cluster) -> None:
        environment = {"BACKUP_URL": url(cluster, "postgres", "postgres")}
        self._script("base_backup.sh", str(self.folder / "bases"), str(self.archive), **environment)

    def _crash(self, cluster: Cluster) -> None:
        """As a power cut: no last segment is archived."""
        number = cluster.pid()
        assert number
        children = Path(f"/proc/{number}/task/{number}/children").read_text().split()
        for process in (number, *map(int, children)):
            os.kill(process, signal.SIGKILL)

    def _lose_everything(self) -> None:
        Cluster(self.folder / "first", bin_path()).remove()
        shutil.rmtree(self.folder / "machine")

    def _restore_the_latest(self, acts: list[tuple[int, str]], lost_at: float) -> None:
        with self._restored("latest") as cluster:
            kept = len(self._facts(cluster)["acts"])
        if not kept:
            self.found.problems.append("no act came back")
            return
        last = datetime.fromisoformat(acts[kept - 1][1]).timestamp()
        self.found.rpo = lost_at - last

    def _restore_the_moment(
        self, acts: list[tuple[int, str]], moment: str, erased: str, before: set[str]
    ) -> None:
        start = time.monotonic()
        with self._restored(moment) as cluster:
            back = self._facts(cluster)
            self._manage(cluster, "prepare_database")
            self._manage(cluster, "verify_journal")
            self._manage(cluster, "replay_erasures")
            self.found.rto = time.monotonic() - start
            facts = self._facts(cluster)
        expected = len([at for _, at in acts if at < moment.replace(" ", "T")])
        self.found.persons, self.found.acts = len(facts["persons"]), len(facts["acts"])
        told = {
            "a person is missing": set(back["persons"]) != before,
            "the erased person did not come back before the replay": erased not in back["persons"],
            "the erasure was not done again": set(facts["persons"]) != before - {erased},
            "the acts are not those of the moment": len(facts["acts"]) != expected,
            "the keys do not open everything": bool(facts["closed"]),
        }
        self.found.problems += [problem for problem, true in told.items() if true]

    @contextmanager
    def _restored(self, moment: str) -> Iterator[Cluster]:
        """From nothing but the backups and what is kept apart."""
        machine = self.folder / "machine"
        shutil.rmtree(machine, ignore_errors=True)
        shutil.copytree(self.safe, machine)
        place = self.folder / f"restored-{time.monotonic_ns()}"
        place.mkdir()
        shutil.copy(self.safe / "passwords.json", place)
        (place / "roles-ready").touch()
        cluster = Cluster(place, bin_path())
        [base] = (self.folder / "bases").iterdir()
        self._script("restore_at.sh", str(base), str(self.archive), str(cluster.data), moment)
        if runs_as_nobody():
            subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", str(cluster.home)], check=True)
        try:
            cluster.start(PATIENCE)
            yield cluster
        finally:
            cluster.remove()

    def _facts(self, cluster: Cluster) -> dict[str, Any]:
        said: dict[str, Any] = json.loads(self._step(cluster, "facts"))
        return said

    def _step(self, cluster: Cluster, *arguments: str) -> str:
        return self._python(cluster, "bench.drilled", *arguments)

    def _manage(self, cluster: Cluster, *arguments: str) -> str:
        return self._python(cluster, "jalons.config.manage", *arguments)

    def _python(self, cluster: Cluster, module: str, *arguments: str) -> str:
        machine = self.folder / "machine"
        own = {
            **variables(cluster),
            "JALONS_VAR": str(machine),
            "JALONS_KEYS_FILE": str(machine / "keys.json"),
            "JALONS_SEALS_FILE": str(machine / "seals.jsonl"),
            "JALONS_ERASURES_FILE": str(machine / "erasures.jsonl"),
        }
        command = [sys.executable, "-m", module, *arguments]
        return _called(command, {**os.environ, **own})

    def _script(self, name: str, *arguments: str, **environment: str) -> None:
        path = f"{bin_path()}:{os.environ['PATH']}"
        _called([str(ROOT / "ops" / name), *arguments], {**os.environ, "PATH": path, **environment})


def _called(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def _now(cluster: Cluster) -> str:
    with psycopg.connect(url(cluster, "postgres", "postgres")) as connection:
        [at] = connection.execute("SELECT clock_timestamp()").fetchone() or [None]
    assert isinstance(at, datetime)
    return at.isoformat(sep=" ")


def _timed(work: Any) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start
