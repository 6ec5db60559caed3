"""Other databases of the settings' server: the benchmarks', which are kept, and the tests'."""

import os
from collections.abc import Callable
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

URLS = {
    "default": "DATABASE_URL",
    "migrator": "DATABASE_MIGRATOR_URL",
    "whole": "DATABASE_WHOLE_URL",
}


def urls_of(database: str) -> dict[str, str]:
    """The environment that leads a process to this database of the same server."""
    return {
        name: urlsplit(os.environ.get(name) or os.environ["DATABASE_URL"])
        ._replace(path=f"/{database}")
        .geturl()
        for name in URLS.values()
    }


def owner_url() -> str:
    return os.environ.get("DATABASE_MIGRATOR_URL") or os.environ["DATABASE_URL"]


def point_at(database: str) -> None:
    """Leads this process's three connections, and the processes it starts, to the database."""
    from django.db import connections

    connections.close_all()
    os.environ.update(urls_of(database))
    for alias in URLS:
        connections[alias].settings_dict["NAME"] = database


def keep(database: str, digest: str, fill: Callable[[], object]) -> bool:
    """Leads this process to a database that is kept between runs; True if it was made now.

    It is made when it is missing or was made of something else (`digest`): prepared, then filled by
    `fill`, which finds the three connections leading to it. It takes its name once complete.
    """
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        fresh = _digest_of(connection, database) != digest
        if fresh:
            _make(connection, database, digest, fill)
    point_at(database)
    return fresh


def _make(
    connection: psycopg.Connection, database: str, digest: str, fill: Callable[[], object]
) -> None:
    from django.db import connections

    from jalons.kernel.preparation import prepare

    from .preparing import say

    partial = f"{database}_partial"
    for name in (partial, database):
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(partial)))
    point_at(partial)
    prepare(lambda step: say(f"{database} : {step}…"))
    fill()
    connections.close_all()
    names = [sql.Identifier(partial), sql.Identifier(database)]
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(*names))
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(names[1], digest))


def _digest_of(connection: psycopg.Connection, database: str) -> str | None:
    query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
    row = connection.execute(query, [database]).fetchone()
    return row[0] if row else None
