"""One visit: a window of its own, a page opened in it, and all that was seen on the way."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Response, Route
from playwright.sync_api import Page as Window

from tests.browsers import Windows
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
    width: int = NARROW
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

    def resize(self, width: int) -> None:
        """The same page, on another window's width, nothing focused."""
        self.width = width
        self.window.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.window.evaluate("document.activeElement.blur(); scrollTo(0, 0)")

    def reload(self) -> None:
        self.window.reload()
        self.window.evaluate(PROBE)


@contextmanager
def visiting(
    windows: Windows,
    site: Site,
    page: Page,
    *,
    scripts: bool = True,
    route: Callable[[Route], None] | None = None,
) -> Iterator[Visit]:
    """Opens the page as its visitor would, on a phone; `route` may answer for the site."""
    name = "pages" if scripts else "pages without scripts"
    window = site.window(windows, name, page.visitor, WATCH, java_script_enabled=scripts)
    visit = Visit(page, window, names=site.cast.names)
    visit.resize(NARROW)
    path = page.path(site, window.context)
    if route:
        window.route(f"**{path}", route)
    if page.submit:
        window.goto(path)
    with _watched(visit):
        visit.answer = _sent(visit) if page.submit else window.goto(path)
        window.evaluate("document.fonts.ready.then(() => true)")
        window.evaluate(PROBE)
        yield visit
    window.unroute_all()


def _sent(visit: Visit) -> Response:
    with visit.window.expect_navigation() as navigation:
        visit.window.evaluate(SEND, [visit.page.submit, visit.page.fields])
    return navigation.value


SEND = """([selector, fields]) => {
  const form = document.querySelector(selector);
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
  form.submit();
}"""


@contextmanager
def _watched(visit: Visit) -> Iterator[None]:
    """From here on: bytes on the wire with an empty cache, answers, anything in the console."""
    wire = visit.window.context.new_cdp_session(visit.window)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.on("Network.loadingFinished", lambda event: _count(visit, event))
    listeners: dict[str, Callable[[Any], None]] = {
        "response": lambda answer: visit.answers.append(answer),  # noqa: PLW0108
        "console": lambda message: _note(visit, message),
        "pageerror": lambda error: visit.messages.append(str(error)),
    }
    for event, listener in listeners.items():
        visit.window.on(event, listener)  # type: ignore[call-overload]
    try:
        yield
    finally:
        for event, listener in listeners.items():
            visit.window.remove_listener(event, listener)
        wire.detach()


def _count(visit: Visit, event: dict[str, Any]) -> None:
    visit.transferred += int(event["encodedDataLength"])


def _note(visit: Visit, message: ConsoleMessage) -> None:
    expected = f"status of {visit.page.status}"
    if visit.page.status == 200 or expected not in message.text:
        visit.messages.append(f"console {message.type} : {message.text}")


def keep_screenshots(visit: Visit) -> None:
    """With JALONS_SCREENSHOTS=1, so that people can look: on the desk, then on a phone."""
    if os.environ.get("JALONS_SCREENSHOTS") != "1":
        return
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^\w.]+", "-", visit.page.label).strip("-")
    for width in (WIDE, NARROW):
        visit.resize(width)
        visit.window.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
