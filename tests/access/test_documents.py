"""The pages written from the code are current."""

import pytest
from django.core.management import CommandError, call_command

from jalons.access import documents


def test_the_pages_are_what_the_code_says() -> None:
    call_command("write_docs", "--check")


def test_a_page_that_is_not_current_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "NOTICE", "changed")
    with pytest.raises((CommandError, SystemExit)):
        call_command("write_docs", "--check")
