"""The embedded database: one cluster in `var/pg<major>/`, shared by the commands that run at once.

`environment()` fills the variables that the settings read. Each command holds a shared lock on the
cluster while it works; the last one to leave stops it. After a `kill -9` the cluster keeps running
until the next command leaves.
"""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql

from jalons.kernel.crypto import write_new_keys

from .postgres import Cluster, bin_path, major

OWNER, APPLICATION, WHOLE = "jalons_owner", "jalons_app", "jalons_whole"
DATABASE = "jalons"
URLS = {
    "DATABASE_URL": APPLICATION,
    "DATABASE_MIGRATOR_URL": OWNER,
    "DATABASE_WHOLE_URL": WHOLE,
}
ROLES = {
    OWNER: "LOGIN CREATEDB BYPASSRLS",
    APPLICATION: "LOGIN NOBYPASSRLS",
    WHOLE: "LOGIN BYPASSRLS",
}


def var() -> Path:
    """The folder of everything that the machine keeps: JALONS_VAR, else `var` at the root."""
    return Path(os.environ.get("JALONS_VAR") or Path(__file__).parents[2] / "var").absolute()


def _keys_file() -> Path:
    return var() / "keys.json"


def _secret_file() -> Path:
    return var() / "secret"


@contextmanager
def environment() -> Iterator[None]:
    """Fills the environment for the settings, starting the cluster unless DATABASE_URL is set."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with cluster_running() as cluster:
        os.environ.update(variables(cluster))
        yield


@contextmanager
def cluster_running(folder: Path | None = None) -> Iterator[Cluster]:
    """The cluster of `folder` (by default `var/pg<major>`), with its roles and its database."""
    binaries = bin_path()
    folder = folder or var() / f"pg{major(binaries)}"
    folder.mkdir(parents=True, exist_ok=True)
    cluster = Cluster(folder, binaries)
    users = (folder / "users.lock").open("w")
    with _locked(folder):
        flock(users, LOCK_SH)
        _ensure(cluster)
    try:
        yield cluster
    finally:
        with _locked(folder), users:
            if _is_last(users):
                cluster.stop()


def _is_last(users: IO[str]) -> bool:
    flock(users, LOCK_UN)
    try:
        flock(users, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One command at a time starts or stops the cluster."""
    with (folder / "start.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _ensure(cluster: Cluster) -> None:
    if not _keys_file().exists():
        write_new_keys(_keys_file())
    if not _secret_file().exists():
        write_secret(_secret_file(), secrets.token_urlsafe(48))
    known = passwords(cluster)
    ready = cluster.folder / "roles-ready"
    if not cluster.exists():
        ready.unlink(missing_ok=True)
        cluster.create(known["postgres"])
    cluster.start()
    if not ready.exists():
        _create_roles(cluster)
        ready.touch()


def passwords(cluster: Cluster) -> dict[str, str]:
    """By role; made at random once, readable by the files' owner only."""
    file = cluster.folder / "passwords.json"
    if not file.exists():
        made = {role: secrets.token_urlsafe(32) for role in ("postgres", *ROLES)}
        write_secret(file, json.dumps(made))
    found: dict[str, str] = json.loads(file.read_text())
    return found


def write_secret(file: Path, content: str) -> None:
    """Writes a file that only its owner may read; it appears whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.{os.getpid()}")
    partial.touch(0o600)
    partial.write_text(content)
    partial.rename(file)


def url(cluster: Cluster, role: str, database: str = DATABASE) -> str:
    place = urlencode({"host": str(cluster.run)}, quote_via=quote)
    return f"postgresql://{role}:{passwords(cluster)[role]}@/{database}?{place}"


def _create_roles(cluster: Cluster) -> None:
    known = passwords(cluster)
    with psycopg.connect(url(cluster, "postgres", "postgres"), autocommit=True) as connection:
        found = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role, attributes in ROLES.items():
            verb = "ALTER" if role in found else "CREATE"
            connection.execute(
                sql.SQL("{} ROLE {} {} PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(role), sql.SQL(attributes), known[role]
                )
            )
        databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if DATABASE not in databases:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(DATABASE), sql.Identifier(OWNER)
                )
            )


def variables(cluster: Cluster, database: str = DATABASE) -> dict[str, str]:
    """What the settings read, for a database of this cluster."""
    return {name: url(cluster, role, database) for name, role in URLS.items()} | {
        "JALONS_SECRET_KEY": os.environ.get("JALONS_SECRET_KEY") or _secret_file().read_text(),
        "JALONS_KEYS_FILE": os.environ.get("JALONS_KEYS_FILE") or str(_keys_file()),
        "JALONS_DEMO": "1",
        "JALONS_EMBEDDED": str(cluster.folder),
    }
