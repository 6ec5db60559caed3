"""Brings what a command needs up to date, and does nothing when it is: database, demo, files."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import psycopg

from .databases import owner_url
from .embedded import var

ROOT = Path(__file__).parents[2]
LOCK = "requirements.lock"


def say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def manage(*arguments: str, environment: dict[str, str] | None = None) -> None:
    """A management command in a process of its own; its output goes to standard error."""
    subprocess.run(
        [sys.executable, "-m", "jalons.config.manage", *arguments],
        check=True,
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        start_new_session=True,
    )


def embedded_folder() -> Path | None:
    """The running embedded cluster's folder; None on another server."""
    found = os.environ.get("JALONS_EMBEDDED")
    return Path(found) if found else None


def prepare_database() -> None:
    """Prepares the embedded database unless it was by the same code; another server always."""
    folder = embedded_folder()
    if folder is None:
        manage("prepare_database")
        return
    code = digest_of(code_files())
    with stamped(folder / "prepared", code) as stale:
        if stale:
            say("Préparation de la base de données…")
            manage("prepare_database")


def load_demo() -> None:
    """Loads the demo into an embedded database without any territory."""
    if embedded_folder() is None:
        return
    with psycopg.connect(owner_url()) as connection:
        found = connection.execute("SELECT EXISTS (SELECT FROM territories_territory)").fetchone()
    if found != (True,):
        say("Chargement de la démonstration…")
        manage("load_demo")


def collect_static() -> None:
    """Gathers and compresses the static files unless they are the same as last time."""
    files = [*ROOT.glob("jalons/*/static/**/*"), *ROOT.glob("vendor/**/*"), ROOT / LOCK]
    with stamped(var() / "static.stamp", digest_of(files)) as stale:
        if stale or not (var() / "static" / "staticfiles.json").exists():
            say("Fichiers statiques…")
            manage("collectstatic", "--no-input", "--verbosity=0")


def code_files() -> list[Path]:
    """All that a prepared database depends on, and more: the code and its data."""
    files = [file for file in ROOT.glob("jalons/**/*") if "__pycache__" not in file.parts]
    return [file for file in files if file.suffix not in {".html", ".css", ".js", ".md"}] + [
        ROOT / LOCK
    ]


def digest_of(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(set(files)):
        if file.is_file():
            digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


@contextmanager
def stamped(stamp: Path, digest: str) -> Iterator[bool]:
    """True if the stamp says something else; it says `digest` after a block without error."""
    with stamp.with_suffix(".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        stale = not stamp.exists() or stamp.read_text() != digest
        yield stale
        if stale:
            stamp.write_text(digest)
