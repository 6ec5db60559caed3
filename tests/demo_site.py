"""The demo, alive for a browser: its own database, the web server and the worker of `dev.py run`.

One a process. The database is a clone of the prepared template into which `load_demo` wrote; its
persons and accounts are found by the owner role (`tests.demo_cast`), never through the site.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Cookie
from playwright.sync_api import Page as Window

from jalons.config import running
from jalons.config.databases import urls_of
from tests import databases
from tests.browsers import Windows
from tests.demo_cast import Cast

PERSONS = "60"
TERRITORY = "belfort"
STARTUP = 60.0


class Site:
    """`address` answers like the demo; `cast` says who is who in one of its territories."""

    def __init__(self, server: databases.Server, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._database = server.clone(databases.migrated(server))
        self._cookies: dict[str, list[Cookie]] = {}
        port = _free_port()
        self.address = f"http://{running.HOST}:{port}"
        self._environment = _environment(self._database, folder, self.address)
        self._load()
        url = self._environment["DATABASE_MIGRATOR_URL"]
        self.owner = psycopg.connect(url, autocommit=True)
        self.cast = Cast(self.owner, TERRITORY)
        self._web = self._start(*running.WEB, "--port", str(port), "jalons.config.wsgi:application")
        self._worker = self._start("-m", "jalons.config.manage", "run_jobs")
        if not running.answers(f"{self.address}/", self._web, time.monotonic() + STARTUP):
            raise RuntimeError(f"The site did not start.\n{self.log}")

    @property
    def log(self) -> str:
        """What the web server and the worker wrote."""
        return self._log_file.read_text()

    @property
    def static_folder(self) -> Path:
        """The files that are served, under their final names, with their compressed twins."""
        return self._folder / "static"

    def window(
        self, windows: Windows, name: str, visitor: str = "", script: str = "", **options: Any
    ) -> Window:
        """An empty window for the site, signed in as an account of the cast (nobody when empty)."""
        window = windows.empty(name, script, base_url=self.address, **options)
        if visitor:
            self.sign_in(window.context, visitor)
        return window

    def sign_in(self, context: BrowserContext, visitor: str) -> None:
        """Opens the account's session, or brings it back: the same one for all windows."""
        email = self.cast.email(visitor)
        if email not in self._cookies:
            answer = context.request.post(
                f"{self.address}/demo/connexion", form={"email": email}, max_redirects=0
            )
            assert answer.status == 302, f"{email} : {answer.status}"
            self._cookies[email] = context.cookies()
        context.add_cookies(self._cookies[email])  # type: ignore[arg-type]

    def forget(self, visitor: str) -> None:
        """The account signed out somewhere: its session is gone."""
        self._cookies.pop(self.cast.email(visitor), None)

    def write(
        self, statement: LiteralString, values: Sequence[object] | Mapping[str, object]
    ) -> None:
        """Prepares, as the owner role, what a test needs and no page gives."""
        self.owner.execute(statement, values)

    def count(self, query: LiteralString, values: Sequence[object]) -> int:
        """What one counts beside the pages, as the owner role."""
        row = self.owner.execute(query, values).fetchone()
        assert row
        return int(str(row[0]))

    @contextmanager
    def later(self, by: timedelta) -> Iterator[None]:
        """Moves the demo's clock, web and worker together, as its page does."""
        shift = self._folder / "demo-clock"
        shift.write_text(str(by.total_seconds()))
        try:
            yield
        finally:
            shift.unlink()

    def close(self) -> None:
        running.stop(self._web, self._worker)
        self.owner.close()
        self._server.drop(self._database)

    def _load(self) -> None:
        """The demo and the static files, side by side."""
        manage = [sys.executable, "-m", "jalons.config.manage"]
        programs = [
            self._call([*manage, "load_demo", "--persons", PERSONS]),
            self._call([*manage, "collectstatic", "--no-input", "--verbosity=0"]),
        ]
        failed = [program for program in programs if program.wait()]
        if failed:
            raise RuntimeError(f"The demo could not be loaded.\n{self.log}")

    def _start(self, *arguments: str) -> subprocess.Popen[str]:
        return self._call([sys.executable, *arguments])

    def _call(self, command: list[str]) -> subprocess.Popen[str]:
        with self._log_file.open("a") as log:
            return subprocess.Popen(
                command,
                cwd=databases.ROOT,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
                preexec_fn=running.die_with_parent,  # noqa: PLW1509
            )

    @property
    def _log_file(self) -> Path:
        return self._folder / "log"


def _environment(database: str, folder: Path, address: str) -> dict[str, str]:
    """The environment of `dev.py run`, on this database; nothing of it is the developer's demo."""
    inherited = {name: value for name, value in os.environ.items() if name != "JALONS_EMBEDDED"}
    return {
        **inherited,
        **urls_of(database),
        "JALONS_VAR": str(folder),
        "JALONS_BASE_URL": address,
        "PYTHONWARNINGS": "default",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((running.HOST, 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def demo_site(
    database_server: databases.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    site = Site(database_server, tmp_path_factory.mktemp("site"))
    yield site
    site.close()
