"""The suite's ground: its server, its databases, its clock, its order.

An ordinary test (`db`) runs in a transaction of the application's role, rolled back. A test with
`transactional_db` or `live_server` commits for good; the owner's role then gives the process
another clone. Other fixtures live next to what they serve, and are named in `pytest_plugins`.
"""

import gc
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from jalons.config.databases import point_at
from jalons.config.embedded import environment
from jalons.kernel.crypto import write_new_keys

_OPEN = ExitStack()


def _prepare_environment() -> None:
    """Before Django reads its settings: a server, and files that are not the demo's."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "jalons.config.settings"
    _OPEN.enter_context(environment())
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(__file__).parents[1] / "var" / "tests" / f"{worker}-{os.getpid()}"
    rmtree(folder, ignore_errors=True)
    (folder / "static").mkdir(parents=True, exist_ok=True)
    _OPEN.callback(rmtree, folder, ignore_errors=True)
    keys = folder / "keys.json"
    write_new_keys(keys)
    os.environ["JALONS_VAR"] = str(folder)
    os.environ["JALONS_KEYS_FILE"] = str(keys)
    os.environ["JALONS_DEMO"] = "1"
    os.environ.setdefault("JALONS_SECRET_KEY", secrets.token_urlsafe(48))


_prepare_environment()

import django  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()
# Else pytest-xdist's workers would inherit it, and read their settings before their own files.
del os.environ["DJANGO_SETTINGS_MODULE"]
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)

from django.db import connections  # noqa: E402

from jalons.kernel import clock  # noqa: E402
from tests import databases, shuffling  # noqa: E402

MODULES = ("tests.sampling", "tests.worlds", "tests.browsers", "tests.demo_site")
pytest_plugins = [name for name in MODULES if find_spec(name)]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="full sizes and timed limits")


def pytest_collection_finish() -> None:
    """What was loaded for good is left out of every collection."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 50, 100)


def pytest_unconfigure() -> None:
    _OPEN.close()


@pytest.fixture(scope="session")
def full_size(request: pytest.FixtureRequest) -> bool:
    """True in `dev.py test --long`: full sizes, and timed limits bind."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def database_server() -> Iterator[databases.Server]:
    server = databases.Server()
    yield server
    server.close()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, database_server: databases.Server
) -> Iterator[Callable[[], None]]:
    """Replaces pytest-django's: a clone of the template, renewed after each test that commits."""
    from django.test import TransactionTestCase

    template = databases.migrated(database_server)
    current = database_server.clone(template)
    point_at(current)

    def renew(*_: TransactionTestCase) -> None:
        nonlocal current
        previous, current = current, database_server.clone(template)
        point_at(current)
        database_server.drop(previous)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield renew
    connections.close_all()
    database_server.drop(current)


@pytest.fixture(scope="module")
def committed_once(django_db_setup: Callable[[], None], django_db_blocker: Any) -> Iterator[None]:
    """For a module that commits its ground once, and whose tests take back all that they do."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()
        django_db_setup()


@pytest.fixture(autouse=True)
def unordered_rows_shuffled(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed = request.config.getoption("randomly_seed", 0)
    shuffling.shuffle_unordered(monkeypatch, f"{seed} {request.node.nodeid}")


@pytest.fixture
def clock_at() -> Iterator[Callable[[datetime], None]]:
    """Stops the clock at an aware datetime, until the end of the test or the next call."""
    with ExitStack() as travels:
        yield lambda moment: travels.enter_context(clock.travel(moment))
