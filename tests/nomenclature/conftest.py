from collections.abc import Iterator

import pytest

from jalons.nomenclature import cache


@pytest.fixture(autouse=True)
def lists_read_anew() -> Iterator[None]:
    """What a test showed the process is not what the next one finds in the database."""
    cache.forget()
    yield
    cache.forget()
