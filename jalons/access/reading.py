"""A GET writes nothing but its consultation: a guarantee, not a habit."""

from collections.abc import Callable
from types import TracebackType
from typing import Any

from django.db import connection

READING = ("SELECT", "SET", "SAVEPOINT", "RELEASE", "ROLLBACK", "WITH", "DECLARE", "FETCH", "CLOSE")
CONSULTATION = 'INSERT INTO "CONSULTATIONS"."CONSULTATION"'


class WriteInGet(RuntimeError):
    """A GET tried to write something else than its consultation."""


class ReadGuard:
    """While armed, refuses on the default connection every statement that is not a read.

    Real transactions are also made read-only by PostgreSQL (`consultations.read_only`); this guard
    is what stands in tests, where the request runs in a savepoint.
    """

    def __init__(self) -> None:
        self.armed = False

    def __enter__(self) -> "ReadGuard":
        connection.execute_wrappers.append(self._execute)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        connection.execute_wrappers.remove(self._execute)

    def _execute(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if self.armed and not str(sql).lstrip("( \n").upper().startswith((*READING, CONSULTATION)):
            raise WriteInGet(str(sql)[:80])
        return execute(sql, params, many, context)
