"""What the audit's answers mean."""

from typing import Any

import pytest

from jalons.config import checking

SOUND = {"name": "sound", "version": "1", "vulns": []}
FLAWED = {"name": "flawed", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
SKIPPED = {"name": "skipped", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "passes", "said"),
    [
        ([SOUND], True, ""),
        ([SOUND, FLAWED], False, "flawed 2 : PYSEC-1"),
        ([SOUND, SKIPPED], False, "Non examinés alors que la source répondait : skipped"),
        ([SKIPPED, SKIPPED], True, "audit non fait"),
        ([], True, "audit non fait"),
    ],
    ids=["sound", "flawed", "one skipped", "all skipped", "nothing"],
)
def test_verdict(
    found: list[dict[str, Any]], passes: bool, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checking.verdict(found) is passes
    assert said in capsys.readouterr().err


def test_check_takes_no_argument() -> None:
    assert checking.check(["--fast"]) == 2
