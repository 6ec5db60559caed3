from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from jalons.accounts import throttle
from jalons.kernel import clock

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def later(clock_at: Callable[[datetime], None], db: None) -> Callable[..., None]:
    """Stops the clock on a Monday morning; each call moves it by a `timedelta`'s arguments."""
    clock_at(START)
    return lambda **by: clock_at(clock.now() + timedelta(**by))


@pytest.fixture(autouse=True)
def forgotten(db: None) -> Iterator[None]:
    """Counters are committed for good: each test begins and ends without any."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    with throttle._cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tries")


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm, at the least cost: these tests hash hundreds of passwords."""
    for name, value in {"time_cost": 1, "memory_cost": 8, "parallelism": 1}.items():
        monkeypatch.setattr(Argon2PasswordHasher, name, value)
