"""The pages of docs/ that the code knows are current, and say so when they are not."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from jalons.access import documents


def test_every_page_is_what_the_code_says() -> None:
    call_command("write_docs", "--check")


def test_a_stale_page_fails_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(documents.PAGES, "docs/policy.md", lambda: "something else")
    with pytest.raises(CommandError, match=r"policy\.md"):
        call_command("write_docs", "--check")


def test_every_address_stands_in_the_policy_page() -> None:
    page = (Path(settings.BASE_DIR) / "docs/policy.md").read_text()
    for pattern, name, _ in documents.addresses():
        assert f"| `/{pattern}` | `{name}` |" in page


def test_the_map_shows_no_import_upwards() -> None:
    order = [*settings.ROOMS, "config"]
    for room in order:
        for found in documents._imported(room).replace("–", "").split(", "):
            if found:
                assert order.index(found) < order.index(room) or room == "config"
