"""An invented room, whose kinds of events the journal's tests may append."""

import pytest

from jalons.journal import kinds
from jalons.journal.kinds import Kind


@pytest.fixture
def some_kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Registers the garden's kinds for the length of a test."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    kinds.register(Kind("garden.sown", "Semis"))
    kinds.register(Kind("garden.file_changed", "Dossier modifié"))
    kinds.register(
        Kind("garden.judged", "Mesure judiciaire", level="sealed", neutral="garden.file_changed")
    )
