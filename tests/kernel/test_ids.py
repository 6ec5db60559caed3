"""UUIDv7 keys against RFC 9562 §5.7."""

import time
import uuid

from hypothesis import given
from hypothesis import strategies as st

from jalons.kernel.ids import uuid7

MILLISECONDS = st.integers(min_value=0, max_value=2**48 - 1)


@given(MILLISECONDS)
def test_layout(milliseconds: int) -> None:
    key = uuid7(milliseconds)
    assert key.version == 7
    assert key.variant == uuid.RFC_4122
    assert key.int >> 80 == milliseconds


@given(MILLISECONDS, MILLISECONDS)
def test_keys_sort_by_time(first: int, second: int) -> None:
    if first != second:
        assert (uuid7(first) < uuid7(second)) == (first < second)


def test_the_present_is_the_default() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= uuid7().int >> 80 <= time.time_ns() // 1_000_000


def test_keys_of_one_millisecond_differ() -> None:
    assert len({uuid7(1) for _ in range(10_000)}) == 10_000
