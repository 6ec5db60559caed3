from hashlib import sha256

import pytest
from django.db import connections, transaction

from jalons.journal import seals
from jalons.journal.models import Event, Seal
from jalons.journal.seals import COLUMNS, LINE, START, Range, digests, seal, unsealed
from tests.journal.sealing import OWNER, as_owner, restart_positions, sow

pytestmark = [
    pytest.mark.django_db(databases=["migrator"]),
    pytest.mark.usefixtures("some_kinds"),
]


@pytest.fixture(autouse=True)
def _small_chunks(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "CHUNK", 4)
    restart_positions()


def all_seals() -> list[Seal]:
    return list(Seal.objects.using(OWNER).order_by("number"))


def test_nothing_to_seal() -> None:
    assert seal(using=OWNER) == 0


def test_events_are_sealed_by_chunks_chained_to_one_another() -> None:
    sow(10)
    assert seal(using=OWNER) == 3
    found = all_seals()
    assert [(one.number, one.from_position, one.to_position, one.count) for one in found] == [
        (1, 1, 4, 4),
        (2, 5, 8, 4),
        (3, 9, 10, 2),
    ]
    assert [bytes(one.previous) for one in found] == [
        START,
        *(bytes(one.digest) for one in found[:-1]),
    ]


def test_a_second_run_seals_what_is_new_only() -> None:
    sow(3)
    assert (seal(using=OWNER), seal(using=OWNER)) == (1, 0)
    sow(2)
    assert unsealed(using=OWNER) == 2
    assert seal(using=OWNER) == 1
    assert [(one.from_position, one.to_position) for one in all_seals()] == [(1, 3), (4, 5)]
    assert unsealed(using=OWNER) == 0


def test_a_hole_in_the_positions_is_covered() -> None:
    sow(1)
    with transaction.atomic(using=OWNER):
        sow(9)
        transaction.set_rollback(True, using=OWNER)
    sow(1)
    assert seal(using=OWNER) == 1
    assert [(one.from_position, one.to_position, one.count) for one in all_seals()] == [(1, 11, 2)]


def test_the_digest_is_the_documented_one() -> None:
    sow(2)
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone TO 'UTC'")
        cursor.execute(f"SELECT {LINE} FROM journal_event ORDER BY position")
        lines = "".join(f"{line}\n" for (line,) in cursor.fetchall())
    positions = (1).to_bytes(8, "big") + (2).to_bytes(8, "big")
    expected = sha256(START + positions + lines.encode()).digest()
    assert digests([Range(1, 2, START)], using=OWNER) == [(2, expected)]


@pytest.mark.parametrize(
    "setting", ["TimeZone TO 'Asia/Tokyo'", "DateStyle TO 'SQL, DMY'", "bytea_output TO escape"]
)
def test_the_digest_does_not_depend_on_the_session(setting: str) -> None:
    sow(2)
    expected = digests([Range(1, 2, START)], using=OWNER)
    as_owner(f"SET LOCAL {setting}")
    assert digests([Range(1, 2, START)], using=OWNER) == expected


def test_each_column_of_an_event_is_sealed() -> None:
    """A new column needs a new FORM, so that old seals still verify."""
    assert set(COLUMNS) == {field.column for field in Event._meta.concrete_fields}


@pytest.mark.parametrize("column", COLUMNS)
def test_the_digest_changes_with_each_column(column: str) -> None:
    sow(1)
    before = digests([Range(0, 9, START)], using=OWNER)
    values = {
        "position": "2",
        "territory": "8",
        "kind": "'garden.eaten'",
        "object_kind": "'bed'",
        "dimensions": "'{}'",
        "digest": "'\\x00'",
        "recorded_at": "now() + interval '1 microsecond'",
        "occurred_at": "occurred_at + interval '1 microsecond'",
    }
    as_owner(f"UPDATE journal_event SET {column} = {values.get(column, 'gen_random_uuid()')}")
    after = digests([Range(0, 9, START)], using=OWNER)
    assert after[0][0] == before[0][0] == 1
    assert after != before
