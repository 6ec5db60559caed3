"""The context of a transaction: what it opens, what is left of it afterwards."""

from uuid import uuid4

import pytest
from django.db import DataError, connection, transaction

from jalons.kernel import row_security

pytestmark = pytest.mark.django_db


def current() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('jalons.territories', true), ''),"
            " coalesce(current_setting('jalons.account', true), '')"
        )
        territories, account = cursor.fetchone()
    return territories, account


def test_a_context_says_for_whom() -> None:
    account = uuid4()
    with row_security.context([3, 1], account):
        assert current() == ("3,1", str(account))
    assert current() == ("", "")


def test_an_inner_context_replaces_the_outer_one_for_its_time() -> None:
    account = uuid4()
    with row_security.context([1], account):
        with row_security.context([2]):
            assert current() == ("2", "")
        assert current() == ("1", str(account))


def test_an_error_gives_the_outer_context_back() -> None:
    with row_security.context([1]):
        with pytest.raises(ValueError, match="x"), row_security.context([2]):
            raise ValueError("x")
        assert current() == ("1", "")


def test_a_database_error_is_told_as_it_is() -> None:
    with row_security.context([1]):
        with pytest.raises(DataError, match="zero"), row_security.context([2]):
            _divide_by_zero()
        assert current() == ("1", "")


def _divide_by_zero() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_applied_to_an_open_transaction_it_ends_with_it() -> None:
    with row_security.context([1]):
        row_security.apply([2])
        assert current() == ("2", "")
    assert current() == ("", "")


@pytest.mark.django_db(transaction=True)
def test_nothing_outlives_a_transaction() -> None:
    with row_security.context([1], uuid4()):
        assert current()[0] == "1"
    assert current() == ("", "")
    with transaction.atomic():
        row_security.apply([1], uuid4())
    assert current() == ("", "")
