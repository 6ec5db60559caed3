"""The pictures of the README: the demo alive in a real browser, at both widths.

`python3 dev.py bench screens` writes docs/screens/. A page that does not exist is left out: each is
found by the name of its address. It measures the weight of the pictures.
"""

import os
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from playwright.sync_api import Browser, sync_playwright

from jalons.config import databases, running
from jalons.config.preparing import ROOT, say
from jalons.config.testing import browser as path_of_chromium
from jalons.exchange.demo.loading import load
from jalons.kernel import clock

from .measures import emit

FOLDER = ROOT / "docs" / "screens"
PORT = 8765
WIDTHS = {1280: 860, 390: 844}
TERRITORY = "belfort"
QUALITY = 75
"""Of a WebP: sharp enough to read, a third of the weight of a PNG."""
MOST = 80_000
"""Bytes of a picture."""


@dataclass(frozen=True)
class Screen:
    """A picture: its file, the names an address may have, who looks."""

    file: str
    names: tuple[str, ...]
    visitor: str = ""
    query: str = ""

    @property
    def path(self) -> str | None:
        """The address, None while no room has it."""
        for name in self.names:
            with suppress(NoReverseMatch):
                return reverse(name) + self.query
        return None


SCREENS = (
    Screen("connexion", ("accounts:login",)),
    Screen("file-active", ("desk:caseload",), "practitioner"),
    Screen("a-debloquer", ("desk:caseload",), "coordinator"),
    Screen("equipe", ("territories:team",), "manager"),
    Screen("partenaires", ("territories:organizations",), "coordinator"),
    Screen("calendrier", ("territories:calendar",), "coordinator"),
    Screen("reglages", ("territories:settings",), "coordinator"),
    Screen("import", ("exchange:upload",), "coordinator"),
)


def run(*, quick: bool) -> None:
    """Writes the pictures; `quick` loads a small demo."""
    today = clock.today().isoformat()
    persons = 60 if quick else None
    databases.keep(f"screens_{persons or 'full'}", today, lambda: load(persons, say))
    FOLDER.mkdir(parents=True, exist_ok=True)
    chromium = path_of_chromium()
    if chromium is None:
        say("Aucun navigateur : pas d’images.")
        return
    with _site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for screen in SCREENS:
            if screen.path is None:
                say(f"{screen.file} : cette page n’existe pas encore.")
                continue
            for width in WIDTHS:
                weight = _picture(browser, address, screen, width)
                assert weight <= MOST, f"{screen.file} {width} : {weight}"
                emit("screens", f"{screen.file}_{width}", weight, "bytes", persons or 0)
        browser.close()


def _picture(browser: Browser, address: str, screen: Screen, width: int) -> int:
    """Writes one picture, and answers its weight."""
    size = {"width": width, "height": WIDTHS[width]}
    context = browser.new_context(base_url=address, locale="fr-FR", viewport=size)  # type: ignore[arg-type]
    if screen.visitor:
        email = f"{screen.visitor}@{TERRITORY}.jalons.example"
        context.request.post("/demo/connexion", form={"email": email})
    page = context.new_page()
    page.goto(screen.path or "/")
    page.evaluate("document.fonts.ready.then(() => document.activeElement.blur())")
    asked = {"format": "webp", "quality": QUALITY}
    taken = context.new_cdp_session(page).send("Page.captureScreenshot", asked)
    picture = b64decode(taken["data"])
    (FOLDER / f"{screen.file}-{width}.webp").write_bytes(picture)
    context.close()
    return len(picture)


@contextmanager
def _site() -> Iterator[str]:
    """The demo's web server, on the database of the pictures."""
    address = f"http://{running.HOST}:{PORT}"
    os.environ["JALONS_BASE_URL"] = address
    served = ["--port", str(PORT), "jalons.config.wsgi:application"]
    web = running.start("web", *running.WEB, *served)
    try:
        if not running.answers(f"{address}/", web, time.monotonic() + running.PATIENCE):
            raise RuntimeError("Le site ne répond pas.")
        yield address
    finally:
        running.stop(web)
