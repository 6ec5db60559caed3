"""`dev.py test`: a browser, a database, then pytest."""

import os
import shutil
import subprocess
import sys

from .embedded import environment
from .preparing import ROOT, say

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The first costs half of the second's processor time."""

WORKERS = 3
"""For two cores: one of them waits, on a browser or on a worker that was killed."""


def test(arguments: list[str]) -> int:
    """pytest's exit code; without a browser the tests of pages fail in CI, and are skipped here."""
    ensure_browser()
    workers = [] if any(word.startswith("-n") for word in arguments) else ["-n", str(WORKERS)]
    command = [sys.executable, "-m", "pytest", *workers, "--dist", "loadgroup", *arguments]
    with environment():
        return subprocess.run(command, cwd=ROOT, check=False).returncode


def ensure_browser() -> bool:
    """Finds Chromium, or installs it: with apt as root, else with Playwright."""
    if browser():
        return True
    say("Installation de Chromium pour les tests…")
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _apt("update")
        for name in BROWSERS[:2]:
            if not browser():
                _apt("install", "-y", "--no-install-recommends", name)
    else:
        _call([sys.executable, "-m", "playwright", "install", "chromium"])
    if browser():
        return True
    say("")
    say("*** Aucun navigateur : les tests des pages ne seront PAS passés. ***")
    say("")
    return False


def browser() -> str | None:
    """The path of Chromium: JALONS_CHROMIUM, the machine's, or Playwright's."""
    found = os.environ.get("JALONS_CHROMIUM") or next(
        filter(None, map(shutil.which, BROWSERS)), None
    )
    return found or _playwright_browser()


def _playwright_browser() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None  # noqa: PTH110


def _apt(*arguments: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    _call(["apt-get", "-qq", *arguments], quiet)


def _call(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, check=False, env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr
    )
    if done.returncode:
        say(f"Échec : {' '.join(command)}")
