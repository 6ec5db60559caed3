"""Row 22: under five persons a count is not told, nor by the totals beside it."""

from itertools import product

import pytest

from jalons.kernel.small_counts import HIDDEN, counted, counted_of, total


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0"), (1, HIDDEN), (4, HIDDEN), (5, "5"), (1250, "1\u202f250")]
)
def test_a_small_count_is_not_told(count: int, said: str) -> None:
    assert counted(count) == said


def test_its_noun_is_plural() -> None:
    assert counted_of(2, "personne suivie/personnes suivies").endswith("5\u00a0personnes suivies")
    assert counted_of(12, "personne") == "12\u00a0personnes"


def test_a_total_never_gives_a_hidden_part_away() -> None:
    """Whatever the hidden part, the page says the same."""
    for known in range(5, 60):
        assert len({total(known + hidden, (known, hidden)) for hidden in range(1, 5)}) == 1
    both = {total(one + other, (one, other)) for one, other in product(range(3, 5), repeat=2)}
    assert both == {"moins\u00a0de\u00a010"}
    assert total(30, (12, 18)) == "30"
    assert total(3, (1, 2)) == HIDDEN
