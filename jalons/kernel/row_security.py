"""The second wall: PostgreSQL's row-level security, its context and its migration operations.

The application's role owns no table and bypasses nothing. A transaction that wants rows says for
whom: `context(territories, account)` sets two transaction-local settings that the policies read.
Without a context every protected table is empty. The fine rule is `access.policy`; this wall only
stops a forgotten filter from crossing a territory, a seal or a private note.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.db.migrations.operations import RunSQL

TERRITORIES = (
    "(SELECT string_to_array(nullif(current_setting('jalons.territories', true), ''), ','))::int[]"
)
ACCOUNT = "(SELECT nullif(current_setting('jalons.account', true), '')::uuid)"

Context = tuple[tuple[int, ...], UUID | None]
_current: ContextVar[Context] = ContextVar("row_security", default=((), None))
_memory: ContextVar[dict[str, Any] | None] = ContextVar("row_security_memory", default=None)


@contextmanager
def context(
    territories: Sequence[int], account: UUID | None = None, *, using: str = "default"
) -> Iterator[None]:
    """Opens a transaction (or a savepoint) that sees the rows of these territories and account."""
    previous = _current.get()
    nested = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        token = _current.set((tuple(territories), account))
        remembered = _memory.set({})
        _apply(_current.get(), using)
        try:
            yield
            # After an error there is nothing to undo: the savepoint takes the settings back.
            if nested and not connections[using].needs_rollback:
                _apply(previous, using)
        finally:
            _current.reset(token)
            _memory.reset(remembered)


def memory() -> dict[str, Any]:
    """What the innermost open context remembers until it ends; nothing lasts without one."""
    found = _memory.get()
    return {} if found is None else found


def _apply(context: Context, using: str) -> None:
    territories, account = context
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT set_config('jalons.territories', %s, true),"
            " set_config('jalons.account', %s, true)",
            [",".join(map(str, territories)), str(account or "")],
        )


def apply(territories: Sequence[int], account: UUID | None = None) -> None:
    """Sets the context of the transaction already open on the default connection."""
    _apply((tuple(territories), account), "default")


def clear(using: str = "default") -> None:
    """Empties the context of the open transaction (tests: it outlives a released savepoint)."""
    _apply(((), None), using)


class ProtectRows(RunSQL):
    """Forces row-level security on `table`: its territory, and every expression of `also`.

    Each expression of `also` is SQL on the table's columns, added as a restrictive policy. A null
    territory is visible without a context only if `null_is_open`.
    """

    def __init__(
        self,
        table: str,
        *,
        territory: str = "territory_id",
        also: Sequence[str] = (),
        null_is_open: bool = False,
    ) -> None:
        rule = f"{territory} = ANY({TERRITORIES})"
        if null_is_open:
            rule = f"({territory} IS NULL OR {rule})"
        policies = [f'CREATE POLICY territory ON "{table}" USING ({rule}) WITH CHECK ({rule})']
        policies += [
            f'CREATE POLICY also_{number} ON "{table}" AS RESTRICTIVE'
            f" USING ({expression}) WITH CHECK ({expression})"
            for number, expression in enumerate(also, start=1)
        ]
        names = ["territory", *(f"also_{number}" for number in range(1, len(also) + 1))]
        super().__init__(
            sql=[
                f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
                *policies,
            ],
            reverse_sql=[
                *(f'DROP POLICY {name} ON "{table}"' for name in names),
                f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
                f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
            ],
        )


class AppendOnly(RunSQL):
    """Takes UPDATE, DELETE and TRUNCATE on `table` (written as in SQL) from both roles."""

    def __init__(self, table: str, *, whole_may_delete: bool = False) -> None:
        roles = sorted({_role("default"), _role("whole")} - {_role("migrator")})
        sql = [f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{role}"' for role in roles]
        if whole_may_delete:
            sql.append(f'GRANT DELETE ON {table} TO "{settings.WHOLE_ROLE}"')
        super().__init__(
            sql=[*sql],
            reverse_sql=[f'GRANT UPDATE, DELETE ON {table} TO "{role}"' for role in roles],
        )


def _role(alias: str) -> str:
    return str(settings.DATABASES[alias]["USER"])
