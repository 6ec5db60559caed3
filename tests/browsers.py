"""Chromium for the tests of pages: one a process, started when first asked for.

A new window costs four times what a page costs: windows are kept, and given back empty.

Playwright's synchronous face keeps an event loop alive in the thread it was started in, where
Django then refuses the database and `asyncio.run` refuses to start: the browser is closed before
any test that does not use one. The modules that use it share two workers (`xdist_group`): the
checks of pages make one half, all the others the other.
"""

import os
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from playwright.sync_api import Page as Window

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
PAGES, OTHERS = "pages", "browser"
"""The groups, by the folder of the tests."""
FIXTURE = "windows"
TIMEOUT = 10_000


class Windows:
    """The windows of one browser, each known by the name of what it is for."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self._known: dict[str, Window] = {}

    def empty(self, name: str, script: str = "", **options: Any) -> Window:
        """The window of this name, without cookies, on a blank page; made as said at first.

        `script` runs in each of its pages before their own.
        """
        if name not in self._known:
            context = self.browser.new_context(locale="fr-FR", **options)
            context.set_default_timeout(TIMEOUT)
            context.add_init_script(script)
            self._known[name] = context.new_page()
        window = self._known[name]
        window.context.clear_cookies()
        window.goto("about:blank")
        return window


class Chromium:
    """The browser of this process, when there is one."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._windows: Windows | None = None

    def windows(self, path: str) -> Windows:
        if self._windows is None:
            self._playwright = sync_playwright().start()
            browser = self._playwright.chromium.launch(executable_path=path, args=FLAGS)
            self._windows = Windows(browser)
        return self._windows

    def close(self) -> None:
        if self._windows:
            self._windows.browser.close()
        if self._playwright:
            self._playwright.stop()
        self._windows = self._playwright = None


_chromium = Chromium()


@cache
def chromium_path() -> str | None:
    return path_of_chromium()


@pytest.fixture
def windows() -> Windows:
    """Chromium's windows; without Chromium the test is skipped, and fails under CI=true."""
    path = chromium_path()
    if path is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("Pas de navigateur : cette page n’a pas été vérifiée.")
    return _chromium.windows(path)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    browsing = {item.path for item in items if _browses(item)}
    for item in items:
        if _browses(item):
            item.add_marker(pytest.mark.browser)
        if item.path in browsing:
            group = PAGES if item.path.parent.name == PAGES else OTHERS
            item.add_marker(pytest.mark.xdist_group(group))


def _browses(item: pytest.Item) -> bool:
    return FIXTURE in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not _browses(item):
        _chromium.close()


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[Any]:
    del session
    _chromium.close()
    return (yield)
