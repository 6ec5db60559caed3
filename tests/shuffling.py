"""An unordered queryset comes back in another order each time: no page may depend on luck."""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import QuerySet


def shuffle_unordered(patch: pytest.MonkeyPatch, seed: str) -> None:
    """Shuffles every result of several rows whose query has no order, from this seed on."""
    source = random.Random(seed)
    fetch_all, iterator = QuerySet._fetch_all, QuerySet.iterator

    def shuffled_fetch_all(self: Any) -> None:
        fresh = self._result_cache is None
        fetch_all(self)
        if fresh and not self.ordered:
            source.shuffle(self._result_cache)

    def shuffled_iterator(self: Any, *args: Any, **kwargs: Any) -> Iterator[Any]:
        rows = iterator(self, *args, **kwargs)
        if self.ordered:
            return rows
        found = list(rows)
        source.shuffle(found)
        return iter(found)

    patch.setattr(QuerySet, "_fetch_all", shuffled_fetch_all)
    patch.setattr(QuerySet, "iterator", shuffled_iterator)
