"""The demo, alive for a browser: its own database, the web server and the worker of `dev.py run`.

One a process. The database is a clone of the prepared template into which `load_demo` wrote; its
persons and accounts are found by the owner role (`tests.demo_cast`), never through the site.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import APIRequestContext, Browser, BrowserContext

from jalons.config import running
from jalons.config.databases import urls_of
from tests import databases
from tests.demo_cast import Cast

PERSONS = "60"
TERRITORY = "belfort"
STARTUP = 60.0

Cookies = list[dict[str, object]]


class Site:
    """`address` answers like the demo; `cast` says who is who in one of its territories."""

    def __init__(self, server: databases.Server, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._database = server.clone(databases.migrated(server))
        self._cookies: dict[str, Cookies] = {}
        port = _free_port()
        self.address = f"http://{running.HOST}:{port}"
        self._environment = _environment(self._database, folder, self.address)
        self._load()
        url = self._environment["DATABASE_MIGRATOR_URL"]
        self._owner = psycopg.connect(url, autocommit=True)
        self.cast = Cast(self._owner, TERRITORY)
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

    def context(self, chromium: Browser, visitor: str = "", **options: object) -> BrowserContext:
        """A browser window, signed in as the account of this e-mail (nobody when empty)."""
        context = chromium.new_context(base_url=self.address, locale="fr-FR", **options)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        if visitor:
            if visitor not in self._cookies:
                sign_in(context.request, visitor)
                self._cookies[visitor] = context.cookies()  # type: ignore[assignment]
            context.add_cookies(self._cookies[visitor])  # type: ignore[arg-type]
        return context

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
        self._owner.close()
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


def sign_in(request: APIRequestContext, email: str) -> None:
    answer = request.post("/demo/connexion", form={"email": email}, max_redirects=0)
    assert answer.status == 302, f"{email} : {answer.status}"


@pytest.fixture(scope="session")
def demo_site(
    database_server: databases.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    site = Site(database_server, tmp_path_factory.mktemp("site"))
    yield site
    site.close()


Visit = Callable[[str], BrowserContext]
