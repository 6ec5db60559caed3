"""Counters of failed tries: ten, then a delay that doubles, fifteen minutes at most.

The same counters bound what anybody may send without an account (`spend`). The one module that
writes them, on a connection of its own: a try is counted whatever becomes of the request. A try is
counted before it is made, so that twenty at once count for twenty. A counter is named by a keyed
hash: neither address nor e-mail is stored.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connections

from jalons.kernel import crypto

from .sessions import moment

FREE = 10
FREE_IN_A_STORM = 3
FIRST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)
STORM = 200
"""Failures in ten minutes, all accounts and addresses together."""
STORM_WINDOW = 600

TAKE = """
INSERT INTO accounts_tries AS counter (digest, tries, last_at, next_at)
VALUES (%(digest)s, 1, %(now)s, to_timestamp(0))
ON CONFLICT (digest) DO UPDATE SET
    tries = CASE WHEN counter.last_at < %(forgotten)s THEN 1 ELSE counter.tries + 1 END,
    last_at = %(now)s,
    next_at = CASE
        WHEN counter.last_at < %(forgotten)s OR counter.tries + 1 < %(free)s
        THEN to_timestamp(0)
        ELSE %(now)s
            + least(%(longest)s, %(first)s * power(2, least(counter.tries + 1 - %(free)s, 20)))
    END
WHERE counter.next_at <= %(now)s
RETURNING tries
"""
NEXT = "SELECT max(next_at) FROM accounts_tries WHERE digest = ANY(%s)"
COUNT = "SELECT coalesce(max(tries), 0) FROM accounts_tries WHERE digest = %s"
FORGIVE = "DELETE FROM accounts_tries WHERE digest = %s"
GIVE_BACK = "UPDATE accounts_tries SET tries = greatest(tries - 1, 0) WHERE digest = %s"
CLEAN = "DELETE FROM accounts_tries WHERE last_at < %s"


class TooMany(Exception):
    """No try is allowed before `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(str(wait))
        self.wait = wait


@dataclass(frozen=True)
class Counter:
    """`own`: forgiven by a success; else a success only takes its own try back.

    `memory`: how long after the last try a counter starts again. `limited` False: it only counts.
    `free`: how many tries cost no delay.
    """

    name: str
    own: bool = True
    memory: timedelta = timedelta(days=1)
    limited: bool = True
    free: int = FREE

    @property
    def digest(self) -> bytes:
        return crypto.keyed_hash(self.name, "accounts.tries")


def of_account(what: str, name: str) -> Counter:
    """The tries at `what` for an account (or an e-mail that may be nobody's)."""
    return Counter(f"{what} account {name.strip().lower()}")


def of_device(what: str, device: str) -> Counter:
    return Counter(f"{what} device {device}")


def of_address(what: str, address: str) -> Counter:
    """Shared by an office: it forgets after an hour."""
    return Counter(f"{what} address {address}", own=False, memory=timedelta(hours=1))


def of_the_hour(what: str, free: int) -> Counter:
    """What is sent in the clock's present hour, whoever sends it."""
    hour = int(moment().timestamp()) // 3600
    return Counter(f"{what} hour {hour}", own=False, free=free)


def spend(*counters: Counter) -> None:
    """Counts one sending in each, a success too. Raises TooMany when one of them asks to wait.

    It is no failed try: it neither feeds the storm nor suffers from it.
    """
    now = moment()
    with _cursor() as cursor:
        cursor.execute(NEXT, [[counter.digest for counter in counters]])
        _wait(cursor.fetchone()[0], now)
        for counter in counters:
            _count(cursor, counter, now, counter.free)


def take(*counters: Counter) -> None:
    """Counts one try in each. Raises TooMany when one of them asks to wait."""
    now = moment()
    with _cursor() as cursor:
        cursor.execute(NEXT, [[counter.digest for counter in counters]])
        _wait(cursor.fetchone()[0], now)
        storm = _storm(cursor, now)
        for counter in (*counters, _everybody(now)):
            _count(cursor, counter, now, FREE_IN_A_STORM if storm else counter.free)


def _count(cursor: Any, counter: Counter, now: datetime, free: int) -> None:
    cursor.execute(TAKE, _values(counter, now, free))
    if cursor.fetchone() is None:
        cursor.execute(NEXT, [[counter.digest]])
        _wait(cursor.fetchone()[0], now)


def succeed(*counters: Counter) -> None:
    """Takes the tries back, after a success."""
    with _cursor() as cursor:
        for counter in (*counters, _everybody(moment())):
            cursor.execute(FORGIVE if counter.own else GIVE_BACK, [counter.digest])


def clean() -> int:
    """Deletes the counters that nobody remembers; returns how many."""
    with _cursor() as cursor:
        cursor.execute(CLEAN, [moment() - timedelta(days=1)])
        return int(cursor.rowcount)


def _everybody(now: datetime) -> Counter:
    window = int(now.timestamp()) // STORM_WINDOW
    return Counter(f"everybody {window}", own=False, limited=False)


def _storm(cursor: Any, now: datetime) -> bool:
    cursor.execute(COUNT, [_everybody(now).digest])
    return bool(cursor.fetchone()[0] >= STORM)


def _values(counter: Counter, now: datetime, free: int) -> dict[str, Any]:
    return {
        "digest": counter.digest,
        "now": now,
        "forgotten": now - counter.memory,
        "free": free if counter.limited else 2**31 - 1,
        "first": FIRST,
        "longest": LONGEST,
    }


def _wait(until: datetime | None, now: datetime) -> None:
    if until and until > now:
        raise TooMany(until - now)


@contextmanager
def _cursor() -> Iterator[Any]:
    own = connections["default"].copy()
    try:
        with own.cursor() as cursor:
            yield cursor
    finally:
        own.close()
