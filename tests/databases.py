"""The databases of the suite: migrated once into a template, cloned for each process.

The template is kept between runs, named by a hash of all that makes it. A clone belongs to the
process that made it, which holds an advisory lock on its name and on its template's: what nobody
holds is what a dead run left behind, and the next run drops it.
"""

import hashlib
import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from jalons.config.databases import owner_url, urls_of
from jalons.kernel.preparation import registered

ROOT = Path(__file__).parents[1]
PREFIX = "jalons_test"
CLONE = "_clone_"
KEPT = 6
"""Templates that stay for the next runs."""
Build = Callable[[dict[str, str]], object]


class Server:
    """The suite's databases on one server, made and dropped by the owner role."""

    def __init__(self) -> None:
        self._connection = psycopg.connect(owner_url(), autocommit=True)
        self._numbers = count()
        self._left: list[str] = []
        self._sweep()

    def close(self) -> None:
        self._drop_left()
        self._connection.close()

    def template(self, kind: str, digest: str, build: Build) -> str:
        """The name of the template of this kind and digest, built at need by one process only."""
        name = f"{PREFIX}_{kind}_{digest}"
        self._execute("SELECT pg_advisory_lock_shared(%s)", _key(name))
        if name not in self._databases():
            building = _key(f"{name} is being built")
            self._execute("SELECT pg_advisory_lock(%s)", building)
            try:
                if name not in self._databases():
                    self._build(name, build)
            finally:
                self._execute("SELECT pg_advisory_unlock(%s)", building)
        return name

    def _build(self, name: str, build: Build) -> None:
        partial = f"{name}_partial"
        self._execute(_drop(partial))
        self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(partial)))
        build(urls_of(partial))
        self._execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(partial), sql.Identifier(name)
            )
        )

    def clone(self, template: str) -> str:
        """A new database, copied from the template; it goes with this process."""
        name = f"{PREFIX}{CLONE}{os.getpid()}_{next(self._numbers)}"
        self._execute("SELECT pg_advisory_lock(%s)", _key(name))
        self._execute(_drop(name))
        self._execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        self._execute(
            sql.SQL("ALTER DATABASE {} SET synchronous_commit TO off").format(sql.Identifier(name))
        )
        return name

    def drop(self, name: str) -> None:
        """Drops a clone, now or, if another connection is still closing, with the next one."""
        self._left.append(name)
        self._drop_left()

    def _drop_left(self) -> None:
        waiting, self._left = self._left, []
        for name in waiting:
            try:
                self._execute(_drop(name))
                self._execute("SELECT pg_advisory_unlock(%s)", _key(name))
            except psycopg.errors.ObjectInUse:
                self._left.append(name)

    def _sweep(self) -> None:
        """Drops the clones, half-made templates and old templates that no process holds."""
        found = self._databases()
        templates = [name for name in found if not name.endswith("_partial") and CLONE not in name]
        for name in set(found) - set(templates[-KEPT:]):
            if self._execute(
                "SELECT pg_try_advisory_lock(%s)", _key(name.removesuffix("_partial"))
            ):
                self.drop(name)

    def _databases(self) -> list[str]:
        """The suite's databases, the oldest first."""
        query = "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid"
        rows = self._connection.execute(query, [f"{PREFIX}\\_%"]).fetchall()
        return [row[0] for row in rows]

    def _execute(self, query: str | sql.Composed, *parameters: object) -> object:
        found = self._connection.execute(query, parameters or None)
        row = found.fetchone() if found.description else None
        return row[0] if row else None


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)


def migrated(server: Server) -> str:
    """The template that `prepare_database` made."""
    return server.template("prepared", digest_of(_preparation_files()), prepare)


def prepare(urls: dict[str, str]) -> None:
    command(urls, "prepare_database")


def command(urls: dict[str, str], *arguments: str) -> None:
    """Runs a management command in a process of its own, against these databases."""
    subprocess.run(
        [sys.executable, "-m", "jalons.config.manage", *arguments],
        check=True,
        cwd=ROOT,
        env={**os.environ, **urls},
        stdin=subprocess.DEVNULL,
    )


def _preparation_files() -> list[Path]:
    """All that the migrated template depends on."""
    sources = {inspect.getsourcefile(step.run) for step in registered()}
    return [
        *ROOT.glob("jalons/*/migrations/*.py"),
        *(file for file in ROOT.glob("jalons/*/data/**/*") if file.is_file()),
        *(Path(source) for source in sources if source),
        ROOT / "jalons/kernel/preparation.py",
        ROOT / "jalons/kernel/row_security.py",
        ROOT / "requirements.lock",
    ]


def digest_of(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(str(settings.APPLICATION_ROLE).encode())
    for file in sorted(set(files)):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
