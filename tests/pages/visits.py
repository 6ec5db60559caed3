"""One visit: a window of its own, a page opened in it, and all that was seen on the way."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Response
from playwright.sync_api import Page as Window

from tests.demo_site import Site
from tests.pages.catalogue import Page

WIDE, NARROW = 1280, 390
HEIGHTS = {WIDE: 900, NARROW: 844}
PROBE = (Path(__file__).parent / "probe.js").read_text()
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"
WATCH = """
window.watched = { shift: 0, refused: [] };
addEventListener("securitypolicyviolation", (event) =>
  window.watched.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
new PerformanceObserver((list) => {
  const unasked = list.getEntries().filter((entry) => !entry.hadRecentInput);
  for (const entry of unasked) window.watched.shift += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
"""Set up before the page's own scripts: what the policy refuses, how much the layout shifts."""


@dataclass
class Visit:
    """What one page did: its window is still open."""

    page: Page
    window: Window
    width: int
    answers: list[Response] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    transferred: int = 0
    answer: Response | None = None
    names: tuple[str, ...] = ()

    @property
    def html(self) -> str:
        """The page as it was sent."""
        return self.answer.text() if self.answer else ""

    def probe(self, call: str) -> Any:
        return self.window.evaluate(f"probe.{call}")


@contextmanager
def visiting(
    chromium: Browser,
    site: Site,
    page: Page,
    width: int,
    *,
    scripts: bool = True,
    before: Callable[[Visit], None] | None = None,
) -> Iterator[Visit]:
    """Opens the page as its visitor would, at this width; `before` may prepare the window."""
    visitor = site.cast.email(page.visitor) if page.visitor else ""
    size = {"width": width, "height": HEIGHTS[width]}
    context = site.context(chromium, visitor, viewport=size, java_script_enabled=scripts)
    try:
        visit = Visit(page, context.new_page(), width, names=site.cast.names)
        if before:
            before(visit)
        _open(visit, site, context)
        visit.window.evaluate(PROBE)
        yield visit
    finally:
        context.close()


def sent(chromium: Browser, site: Site, page: Page) -> str:
    """The page's HTML, without showing it when nothing has to be filled first."""
    if page.submit:
        with visiting(chromium, site, page, WIDE, scripts=False) as visit:
            return visit.html
    context = site.context(chromium, site.cast.email(page.visitor) if page.visitor else "")
    try:
        return context.request.get(page.path(site, context)).text()
    finally:
        context.close()


def _open(visit: Visit, site: Site, context: BrowserContext) -> None:
    page, window = visit.page, visit.window
    path = page.path(site, context)
    window.add_init_script(WATCH)
    if page.submit:
        window.goto(path)
        _watch(visit, context)
        with window.expect_navigation() as navigation:
            window.evaluate(SEND, [page.submit, page.fields])
        visit.answer = navigation.value
    else:
        _watch(visit, context)
        visit.answer = window.goto(path)
    window.evaluate("document.fonts.ready.then(() => true)")


SEND = """([selector, fields]) => {
  const form = document.querySelector(selector);
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.submit();
}"""


def _watch(visit: Visit, context: BrowserContext) -> None:
    """From here on: bytes on the wire with an empty cache, answers, anything in the console."""
    wire = context.new_cdp_session(visit.window)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda event: _count(visit, event))
    # Playwright wants to write on the function it calls: a method of a list has no room for it.
    visit.window.on("response", lambda answer: visit.answers.append(answer))  # noqa: PLW0108
    visit.window.on("console", lambda message: _note(visit, message))
    visit.window.on("pageerror", lambda error: visit.messages.append(str(error)))


def _count(visit: Visit, event: dict[str, Any]) -> None:
    visit.transferred += int(event["encodedDataLength"])


def _note(visit: Visit, message: ConsoleMessage) -> None:
    expected = f"status of {visit.page.status}"
    if visit.page.status == 200 or expected not in message.text:
        visit.messages.append(f"console {message.type} : {message.text}")


def keep_screenshot(visit: Visit) -> None:
    """With JALONS_SCREENSHOTS=1, so that people can look."""
    if os.environ.get("JALONS_SCREENSHOTS") != "1":
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.]+", "-", visit.page.label).strip("-")
    visit.window.screenshot(path=SCREENSHOTS / f"{name}-{visit.width}.png", full_page=True)
