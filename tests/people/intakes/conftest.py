"""A case whose département receives, and counters that nobody filled."""

from collections.abc import Iterator

import pytest

from jalons.accounts import throttle
from jalons.territories.models import Reception
from tests.worlds import Case, a_case, a_membership


@pytest.fixture
def unspent(db: None) -> Iterator[None]:
    """What is sent without an account is counted outside the test's transaction."""
    _forget()
    yield
    _forget()


def _forget() -> None:
    with throttle._cursor() as cursor:
        cursor.execute("DELETE FROM accounts_tries")


@pytest.fixture
def case(db: None) -> Case:
    return a_case()


@pytest.fixture
def place(case: Case) -> Reception:
    """Where the partner, whose clerk is in the case, receives."""
    a_membership(case.partner)
    return Reception.objects.create(
        territory=case.territory,
        organization=case.partner,
        name="Espace France Services",
        city="Delle",
        phones=["+33384000000"],
    )
