"""Following links, as somebody would who tries them all: on the same site, by GET."""

import re
from collections.abc import Iterator

from playwright.sync_api import Page as Window

from jalons.access.roles import Role

LINKS = """[...document.querySelectorAll("a[href]")]
  .filter((link) => link.origin === location.origin)
  .map((link) => link.pathname + link.search)"""
NOBODY = ""
CRAWLED = {Role.PRACTITIONER, Role.DISPATCHER, Role.COORDINATOR, NOBODY}
"""Whose pages are crawled in the suite's time: those who read most, and nobody."""
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<==)[\w%-]{16,}")


def walk(window: Window, most: int) -> Iterator[Window]:
    """At most so many pages, from the home page; those of a new kind come first."""
    waiting, known, kinds = ["/"], {"/"}, set[str]()
    for _ in range(most):
        if not waiting:
            return
        path = next((path for path in waiting if _kind(path) not in kinds), waiting[0])
        waiting.remove(path)
        kinds.add(_kind(path))
        window.goto(path)
        yield window
        found = dict.fromkeys(window.evaluate(LINKS))
        waiting += [path for path in found if path not in known]
        known |= set(found)


def _kind(path: str) -> str:
    """The address without its keys."""
    return KEY.sub("…", path)
