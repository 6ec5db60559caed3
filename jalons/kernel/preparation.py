"""What must be done in a database before Jalons runs on it, on any server, as often as one likes.

`prepare_database` grants, migrates, then calls in order what the rooms registered: reference data,
partitions. Each function is idempotent and works as the owner of the tables.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connections
from psycopg import sql

OWNER = "migrator"
EXTENSIONS = (
    "unaccent",
    "pg_trgm",
    "btree_gin",
    "btree_gist",
    "cube",
    "citext",
    "fuzzystrmatch",
)
RIGHTS = {"TABLES": "SELECT, INSERT, UPDATE, DELETE", "SEQUENCES": "USAGE, SELECT"}


@dataclass(frozen=True)
class Preparation:
    """`run(alias)` prepares the database of this connection alias."""

    order: int
    name: str
    run: Callable[[str], None]


_registered: dict[str, Preparation] = {}


def register(name: str, order: int, run: Callable[[str], None]) -> None:
    """Adds a step, taken after the migrations, the lowest order first.

    `name` is shown to the operator, in French. Raises ValueError if another function has it.
    """
    step = Preparation(order, name, run)
    if _registered.setdefault(name, step).run is not run:
        raise ValueError(f"Two preparations are called {name!r}.")


def registered() -> list[Preparation]:
    return sorted(_registered.values(), key=lambda step: (step.order, step.name))


def prepare(say: Callable[[str], object]) -> None:
    """Prepares the settings' database; `say` receives each step's name before it is taken."""
    _refuse_powerful_roles()
    say("extensions et droits")
    _extend()
    _grant()
    say("migrations")
    call_command("migrate", database=OWNER, interactive=False, verbosity=0)
    for step in registered():
        say(step.name)
        step.run(OWNER)


def _refuse_powerful_roles() -> None:
    """Row security would say nothing to an application that is superuser, owner or bypasses it."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls OR rolname = current_user"
            " FROM pg_roles WHERE rolname = %s",
            [str(settings.APPLICATION_ROLE)],
        )
        found = cursor.fetchone()
    if found is None or found[0]:
        raise ImproperlyConfigured(
            f"DATABASE_URL’s role {settings.APPLICATION_ROLE!r} must exist, own nothing, and be"
            " neither superuser nor BYPASSRLS: see docs/operations.md."
        )


def _extend() -> None:
    with connections[OWNER].cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def _grant() -> None:
    """The tables to come obey both roles; what the migrations revoke is not given back."""
    owner = str(settings.DATABASES[OWNER]["USER"])
    others = sorted({str(settings.APPLICATION_ROLE), str(settings.WHOLE_ROLE)} - {owner})
    with connections[OWNER].cursor() as cursor:
        for role in map(sql.Identifier, others):
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
            for kind, rights in RIGHTS.items():
                cursor.execute(
                    sql.SQL(
                        "ALTER DEFAULT PRIVILEGES FOR ROLE {} IN SCHEMA public GRANT {} ON {} TO {}"
                    ).format(sql.Identifier(owner), sql.SQL(rights), sql.SQL(kind), role)
                )
