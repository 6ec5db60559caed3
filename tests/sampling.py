"""What the suite asks of some in its time, and of all with `--long`.

What grows with the product of the addresses and of their visitors would outgrow any suite: a part
of it is drawn by its name, always the same one, so that a failure comes back.
"""

from collections.abc import Callable
from zlib import crc32

import pytest

Some = Callable[[str, int], bool]
"""`some(name, 3)`: whether this one is asked, one in three; always with `--long`."""


@pytest.fixture(scope="session")
def some(full_size: bool) -> Some:
    return lambda name, one_in: full_size or not crc32(name.encode()) % one_in
