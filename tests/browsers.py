"""Chromium for the tests of pages: one a process, started when first asked for.

Playwright's synchronous face keeps an event loop alive in the thread it was started in, where
Django then refuses the database and `asyncio.run` refuses to start: the browser is closed before
any test that does not use one. Tests that use it share one worker (`xdist_group`).
"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from jalons.config.testing import browser as path_of_chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
GROUP = "browser"
FIXTURE = "chromium"


class Chromium:
    """The browser of this process, when there is one."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    def browser(self, path: str) -> Browser:
        if self._browser is None:
            self._playwright = sync_playwright().start()
            self._browser = self._playwright.chromium.launch(executable_path=path, args=FLAGS)
        return self._browser

    def close(self) -> None:
        if self._browser:
            self._browser.close()
        if self._playwright:
            self._playwright.stop()
        self._browser = self._playwright = None


_chromium = Chromium()


@cache
def chromium_path() -> str | None:
    return path_of_chromium()


@pytest.fixture
def chromium() -> Browser:
    """Chromium; without one the test is skipped, and fails under CI=true."""
    path = chromium_path()
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("Pas de navigateur : cette page n’a pas été vérifiée.")
    return _chromium.browser(path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if FIXTURE in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group(GROUP))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if FIXTURE not in getattr(item, "fixturenames", ()):
        _chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[Any]:
    del session
    _chromium.close()
    return (yield)
