"""A person followed by a référente; a file sent as a document is rebuilt once for all."""

from functools import cache

import pytest

from jalons.people.documents.actions import add_document
from jalons.people.documents.neutral.door import neutralise
from tests.worlds import Case, a_case

_neutralise = cache(neutralise)


@pytest.fixture
def case(db: None, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.setattr(add_document, "neutralise", _neutralise)
    return a_case()
