"""Row 16 of security.md: a full crawl by a browser, in which nothing is refused by the policy."""

from collections.abc import Callable
from typing import Any

import pytest

from jalons.access.roles import Role
from tests.browsers import Windows
from tests.demo_site import Site
from tests.pages.checks import header_problems
from tests.pages.visits import WATCH
from tests.pages.walking import CRAWLED, NOBODY, walk

PAGES, ALL_PAGES = 3, 60
"""Pages a role: in the suite's time, and in `test --long`."""


@pytest.mark.parametrize("visitor", [*Role.values, NOBODY])
def test_nothing_is_refused_in_a_crawl(
    windows: Windows, demo_site: Site, visitor: str, *, full_size: bool
) -> None:
    if not full_size and visitor not in CRAWLED:
        pytest.skip("with --long")
    window = demo_site.window(windows, "crawl", visitor, WATCH)
    problems: list[str] = []
    listeners: dict[str, Callable[[Any], None]] = {
        "console": lambda message: problems.append(f"console : {message.text}"),
        "pageerror": lambda error: problems.append(str(error)),
        "response": lambda answer: problems.extend(
            header_problems(answer.url, answer.status, answer.headers)
        ),
    }
    for event, listener in listeners.items():
        window.on(event, listener)  # type: ignore[call-overload]
    for page in walk(window, ALL_PAGES if full_size else PAGES):
        problems += page.evaluate("window.watched.refused")
    for event, listener in listeners.items():
        window.remove_listener(event, listener)
    assert problems == []
