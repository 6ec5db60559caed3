"""Row 17, in a browser: the corpus stands in every text of the demo; no page is moved by it.

A site of its own: the other tests of pages read what the demo says.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, APIResponse, BrowserContext
from playwright.sync_api import Page as Window

from jalons.access.roles import Role
from tests import databases
from tests.browsers import Windows
from tests.demo_site import Site
from tests.pages.catalogue import PAGES, Page
from tests.pages.checks import header_problems
from tests.pages.walking import walk
from tests.security.corpus import FORGED, drawn
from tests.security.planting import plant
from tests.security.shown import Reader, changed, marked, problems_of_body, problems_of_headers, problems_of_page

KEPT = "@belfort.jalons.example"
NOBODY = ""
ROLE_PAGES, ALL_PAGES = 5, 60
"""Pages a role, in the suite's time and in `test --long`."""
WATCH = """
window.watched = { ran: [], refused: [] };
window.ran = (mark) => window.watched.ran.push(String(mark));
for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = window.ran;
addEventListener("securitypolicyviolation", (event) =>
  window.watched.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
"""What an executed payload calls; what the policy stopped was written as markup all the same."""


@pytest.fixture(scope="module")
def planted_site(
    database_server: databases.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    site = Site(database_server, tmp_path_factory.mktemp("injected"))
    try:
        site.planted = plant(site._owner, KEPT)
        yield site
    finally:
        site.close()


def test_the_corpus_stands_where_texts_are_shown(planted_site: Site) -> None:
    for n, c in sorted(planted_site.planted.items()): print(n, c)


@pytest.mark.parametrize("visitor", [*Role.values, NOBODY])
def test_nothing_runs_in_a_crawl(
    windows: Windows, planted_site: Site, visitor: str, *, full_size: bool
) -> None:
    window = planted_site.window(windows, "injected", visitor, WATCH)
    problems: list[str] = []
    with _listening(window, problems):
        for page in walk(window, ALL_PAGES if full_size else ROLE_PAGES):
            problems += _seen(page)
    assert problems == []


@contextmanager
def _listening(window: Window, problems: list[str]) -> Iterator[None]:
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: problems.append(f"console : {message.text}"),
        "pageerror": lambda error: problems.append(str(error)),
        "dialog": lambda dialog: problems.append(f"dialogue : {dialog.message}"),
        "response": lambda answer: problems.extend(
            header_problems(answer.url, answer.status, answer.headers)
        ),
    }
    for event, listener in listeners.items():
        window.on(event, listener)  # type: ignore[call-overload]
    try:
        yield
    finally:
        for event, listener in listeners.items():
            window.remove_listener(event, listener)


def _seen(page: Window) -> list[str]:
    watched = page.evaluate("window.watched")
    text = page.evaluate("document.body.textContent")
    problems = [f"exécuté : {mark}" for mark in watched["ran"]]
    problems += [f"refusé : {what}" for what in watched["refused"]]
    problems += changed(text) + problems_of_page(page.content())
    return [f"{page.url} : {problem}" for problem in problems]
