"""Row 27: backup and restore drill, from nothing, to a moment: with `--long`, it takes minutes."""

from pathlib import Path

import pytest

from bench.drill import PERSONS, WRITING, Drill

pytestmark = pytest.mark.xdist_group("embedded")


def test_everything_lost_comes_back(tmp_path: Path, full_size: bool) -> None:
    if not full_size:
        pytest.skip("with --long")
    found = Drill(tmp_path, PERSONS, WRITING).run()
    print(
        f"{found.persons} persons: RPO {found.rpo:.0f} s, RTO {found.rto:.0f} s,"
        f" base backup {found.backup:.0f} s"
    )
    assert found.problems == []
    assert found.acts > 10
    assert found.rpo <= 300
    assert found.rto <= 1800
