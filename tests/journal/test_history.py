"""The guard of historised tables: no change without an event in its transaction."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.db.utils import IntegrityError

from jalons.journal.events import append
from jalons.journal.models import Event
from jalons.journal.operations import Historise
from jalons.kernel import row_security
from tests.journal.history import fire_guards
from tests.journal.sealing import OWNER, as_owner

TERRITORY = 7
pytestmark = pytest.mark.usefixtures("some_kinds")


def run(sql: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def sow() -> Event:
    return append("garden.sown", territory=TERRITORY)


def refused() -> Any:
    return pytest.raises(IntegrityError, match='"bed" was written in a transaction')


@pytest.fixture
def bed(db: None) -> Iterator[None]:
    """A historised table of three rows, as a migration would make it, and no event so far."""
    with row_security.context([TERRITORY]):
        run("CREATE TEMP TABLE bed (number int PRIMARY KEY, rows int) ON COMMIT DROP")
        run("INSERT INTO bed SELECT number, 1 FROM generate_series(1, 3) AS number")
        run(str(Historise("bed").sql))
        yield
        run("DROP TABLE bed")


@pytest.mark.parametrize(
    "write",
    [
        "INSERT INTO bed VALUES (4, 1)",
        "UPDATE bed SET rows = 2 WHERE number = 1",
        "DELETE FROM bed WHERE number = 1",
        "INSERT INTO bed SELECT number, 1 FROM generate_series(4, 900) AS number",
        "UPDATE bed SET rows = 2",
        "DELETE FROM bed",
        "INSERT INTO bed VALUES (1, 1) ON CONFLICT (number) DO UPDATE SET rows = 9",
    ],
)
@pytest.mark.usefixtures("bed")
class TestWrite:
    def test_is_refused_without_an_event(self, write: str) -> None:
        with refused(), transaction.atomic():
            run(write)
            fire_guards()

    def test_is_kept_before_its_event(self, write: str) -> None:
        run(write)
        sow()
        fire_guards()

    def test_is_kept_after_its_event(self, write: str) -> None:
        sow()
        run(write)
        fire_guards()


@pytest.mark.usefixtures("bed")
def test_a_write_that_touches_nothing_needs_no_event() -> None:
    run("UPDATE bed SET rows = 2 WHERE number = 99")
    fire_guards()


@pytest.mark.usefixtures("bed")
def test_an_event_taken_back_with_its_savepoint_does_not_count() -> None:
    with refused(), transaction.atomic():
        run("UPDATE bed SET rows = 2")
        savepoint = transaction.savepoint()
        sow()
        transaction.savepoint_rollback(savepoint)
        fire_guards()


@pytest.mark.usefixtures("bed")
def test_an_event_of_a_kept_savepoint_counts() -> None:
    with transaction.atomic():
        sow()
    run("UPDATE bed SET rows = 2")
    fire_guards()


@pytest.mark.usefixtures("bed")
def test_a_write_taken_back_needs_no_event() -> None:
    savepoint = transaction.savepoint()
    run("DELETE FROM bed")
    transaction.savepoint_rollback(savepoint)
    fire_guards()


@pytest.mark.usefixtures("bed")
def test_a_write_after_an_event_and_its_savepoint_were_taken_back_is_refused() -> None:
    with refused(), transaction.atomic():
        savepoint = transaction.savepoint()
        sow()
        run("UPDATE bed SET rows = 2")
        transaction.savepoint_rollback(savepoint)
        run("UPDATE bed SET rows = 3")
        fire_guards()


@pytest.mark.usefixtures("bed")
def test_a_table_is_free_again_once_its_guard_is_reversed() -> None:
    run(str(Historise("bed").reverse_sql))
    run("DELETE FROM bed")
    fire_guards()


@pytest.mark.django_db(databases=["migrator"])
def test_the_owner_is_bound_too() -> None:
    as_owner("CREATE TABLE bed (number int PRIMARY KEY, rows int)")
    as_owner(str(Historise("bed").sql))
    with refused(), transaction.atomic(using=OWNER):
        as_owner("INSERT INTO bed VALUES (1, 1)")
        fire_guards(using=OWNER)


@pytest.mark.django_db(transaction=True, databases=["default", "migrator"])
def test_the_commit_asks_for_an_event_of_its_own_transaction() -> None:
    as_owner("CREATE TABLE bed (number int PRIMARY KEY, rows int)")
    as_owner(str(Historise("bed").sql))
    with refused():
        run("INSERT INTO bed VALUES (1, 1)")
    with pytest.raises(TransactionManagementError):
        sow()
    with row_security.context([TERRITORY]):
        sow()
    with refused(), row_security.context([TERRITORY]):
        run("INSERT INTO bed VALUES (2, 1)")
    with row_security.context([TERRITORY]):
        run("INSERT INTO bed VALUES (3, 1)")
        sow()
    assert as_owner("SELECT FROM bed") == as_owner("SELECT FROM bed WHERE number = 3") == 1
