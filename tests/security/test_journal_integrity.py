"""Row 11: the application cannot rewrite the journal; whoever can is found out by the seals."""

import time
from itertools import product
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections, transaction
from django.db.utils import ProgrammingError
from pytest_django.fixtures import Settings

from bench.journal import fill
from bench.synthetic import loading
from jalons.journal import export, seals, tasks
from jalons.journal.models import Event, Payload, Seal
from jalons.journal.payloads import erase
from jalons.journal.verification import verify
from jalons.kernel import row_security
from tests.journal.garden import some_kinds
from tests.journal.sealing import OWNER, TERRITORY, as_owner, restart_positions, sow

__all__ = ["some_kinds"]
CHANGES = [
    "UPDATE {table} SET {column} = {column}",
    "DELETE FROM {table}",
    "TRUNCATE {table}",
    "ALTER TABLE {table} DISABLE TRIGGER ALL",
    "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
    "DROP TABLE {table}",
]
TABLES = {"journal_event": "kind", "journal_payload": "body", "journal_seal": "digest"}
ERASURE = ("whole", "journal_payload", "DELETE FROM {table}")
REFUSED = sorted(set(product(["default", "whole"], TABLES, CHANGES)) - {ERASURE})


class TestRights:
    """What the two roles of the running application may do, in real SQL."""

    pytestmark = pytest.mark.django_db(databases=["default", "whole"])

    @pytest.mark.parametrize(("role", "table", "change"), REFUSED)
    def test_nothing_is_rewritten(self, role: str, table: str, change: str) -> None:
        with (
            pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
            row_security.context([TERRITORY], using=role),
            connections[role].cursor() as cursor,
        ):
            cursor.execute(change.format(table=table, column=TABLES[table]))

    def test_the_application_makes_no_seal(self) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connections["default"].cursor() as cursor,
        ):
            cursor.execute("INSERT INTO journal_seal SELECT * FROM journal_seal")


@pytest.mark.django_db(databases=["migrator"])
class TestTampering:
    """Twelve events under three seals of four, and their file; the owner of the tables cheats."""

    @pytest.fixture(autouse=True)
    def _sealed(
        self, db: None, some_kinds: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(seals, "CHUNK", 4)
        self.file = tmp_path / "seals.jsonl"
        restart_positions()
        sow(12)
        seals.seal(using=OWNER)
        export.export(self.file, using=OWNER)

    def found(self, *, with_file: bool = True) -> list[tuple[str, int]]:
        exported = export.read(self.file) if with_file else None
        stored = export.lines_after(0, using=OWNER)
        return [(one.kind, one.seal) for one in verify(stored, exported, using=OWNER)]

    def test_an_honest_journal_has_no_finding(self) -> None:
        assert self.found() == self.found(with_file=False) == []

    @pytest.mark.parametrize("position", [1, 4, 5, 12])
    def test_a_change(self, position: int) -> None:
        as_owner("UPDATE journal_event SET kind = 'x' WHERE position = %s", position)
        assert self.found() == [("changed", (position + 3) // 4)]

    @pytest.mark.parametrize("position", [1, 4, 5, 12])
    def test_a_removal(self, position: int) -> None:
        as_owner("DELETE FROM journal_event WHERE position = %s", position)
        assert self.found() == [("removed", (position + 3) // 4)]

    def test_a_reorder(self) -> None:
        as_owner("UPDATE journal_event SET position = 99 WHERE position = 2")
        as_owner("UPDATE journal_event SET position = 2 WHERE position = 3")
        as_owner("UPDATE journal_event SET position = 3 WHERE position = 99")
        assert self.found() == [("changed", 1)]

    def test_a_move_to_another_seal(self) -> None:
        as_owner("UPDATE journal_event SET position = 99 WHERE position = 2")
        as_owner("UPDATE journal_event SET position = 2 WHERE position = 7")
        as_owner("UPDATE journal_event SET position = 7 WHERE position = 99")
        assert self.found() == [("changed", 1), ("changed", 2)]

    def test_a_truncation_of_the_events(self) -> None:
        as_owner("DELETE FROM journal_event WHERE position > 6")
        assert self.found() == [("removed", 2), ("removed", 3)]

    def test_an_emptied_journal(self) -> None:
        as_owner("TRUNCATE journal_event, journal_seal")
        assert {("seal_cut", number) for number in (1, 2, 3)} <= set(self.found())
        assert ("removed", 1) in self.found()

    def test_an_insertion_in_a_hole(self) -> None:
        with transaction.atomic(using=OWNER):
            sow(1)
            transaction.set_rollback(True, using=OWNER)
        sow(1)
        seals.seal(using=OWNER)
        as_owner(
            "INSERT INTO journal_event (id, recorded_at, position, occurred_at, kind, object_kind,"
            " dimensions) SELECT gen_random_uuid(), recorded_at, 13, occurred_at, kind, '', '{}'"
            " FROM journal_event WHERE position = 1"
        )
        assert self.found() == [("added", 4)]

    def test_an_insertion_before_the_first_position(self) -> None:
        as_owner(
            "INSERT INTO journal_event (id, recorded_at, position, occurred_at, kind, object_kind,"
            " dimensions) SELECT gen_random_uuid(), recorded_at, -5, occurred_at, kind, '', '{}'"
            " FROM journal_event WHERE position = 1"
        )
        assert self.found() == [("added", 0)]

    def test_a_twin_at_the_same_position(self) -> None:
        as_owner("ALTER TABLE journal_event DROP CONSTRAINT journal_event_position_unique")
        as_owner(
            "INSERT INTO journal_event (id, recorded_at, position, occurred_at, kind, object_kind,"
            " dimensions) SELECT gen_random_uuid(), recorded_at, 1, occurred_at, kind, '', '{}'"
            " FROM journal_event WHERE position = 1"
        )
        assert self.found() == [("added", 1)]

    def test_a_seal_made_to_agree_with_a_change(self) -> None:
        as_owner("UPDATE journal_event SET kind = 'x' WHERE position = 6")
        [(_, digest)] = seals.digests([self._span(2)], using=OWNER)
        as_owner("UPDATE journal_seal SET digest = %s WHERE number = 2", digest)
        assert ("chain", 3) in self.found(with_file=False)
        assert {("seal_changed", 2), ("changed", 2)} <= set(self.found())

    def test_every_seal_made_again_over_a_change(self) -> None:
        """Nothing inside the database can show it: this is what the file is for."""
        as_owner("UPDATE journal_event SET kind = 'x' WHERE position = 6")
        as_owner("DELETE FROM journal_seal")
        seals.seal(using=OWNER)
        assert self.found(with_file=False) == []
        assert {("seal_changed", 2), ("changed", 2), ("seal_changed", 3)} <= set(self.found())

    def test_the_last_seals_cut_with_their_events(self) -> None:
        as_owner("DELETE FROM journal_event WHERE position > 8")
        as_owner("DELETE FROM journal_seal WHERE number = 3")
        assert self.found(with_file=False) == []
        assert self.found() == [("seal_cut", 3), ("removed", 3)]

    def test_a_seal_taken_out_of_the_middle(self) -> None:
        as_owner("DELETE FROM journal_seal WHERE number = 2")
        assert self.found(with_file=False) == [("chain", 3)]
        assert self.found() == [("seal_cut", 2)]

    def test_bounds_moved_to_leave_events_out(self) -> None:
        as_owner("UPDATE journal_seal SET to_position = 7, count = 3 WHERE number = 2")
        assert {("chain", 3), ("changed", 2)} <= set(self.found(with_file=False))

    def test_a_line_taken_out_of_the_file(self) -> None:
        lines = self.file.read_text().splitlines(keepends=True)
        self.file.write_text(lines[0] + lines[2])
        assert self.found() == [("seal_unknown", 2)]

    def test_an_older_copy_of_the_file_is_welcome(self) -> None:
        lines = self.file.read_text().splitlines(keepends=True)
        self.file.write_text(lines[0])
        assert self.found() == []

    def test_a_seal_of_an_unknown_form_is_told(self) -> None:
        as_owner("UPDATE journal_seal SET form = 2 WHERE number = 1")
        assert self.found(with_file=False) == [("form", 1)]

    def _span(self, number: int) -> seals.Range:
        found = Seal.objects.using(OWNER).get(number=number)
        return seals.Range(found.from_position, found.to_position, bytes(found.previous))


@pytest.mark.django_db(transaction=True, databases=["default", "whole", "migrator"])
@pytest.mark.usefixtures("some_kinds")
def test_the_commands_under_their_roles(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Acts, seal, erasure, then a change by the owner: the command finds the change only."""
    settings.SEALS_FILE = tmp_path / "seals.jsonl"
    restart_positions()
    sow(6, using="default")
    call_command("seal_journal")
    assert erase(Event.objects.using("whole").values_list("pk", flat=True)) == 3
    assert not Payload.objects.using("whole").exists()
    sow(2, using="default")
    tasks.seal()
    call_command("verify_journal")
    assert "Journal intact : 8 événements sous 2 sceaux" in capsys.readouterr().out
    as_owner("UPDATE journal_event SET account = gen_random_uuid() WHERE position = 3")
    with pytest.raises(CommandError, match="1 anomalie"):
        call_command("verify_journal", from_file=settings.SEALS_FILE)
    assert "des événements ont été modifiés" in capsys.readouterr().out


@pytest.mark.django_db(databases=["migrator"])
@pytest.mark.parametrize(
    ("tampering", "kind"),
    [
        ("UPDATE journal_event SET kind = 'x' WHERE position = %s", "changed"),
        ("DELETE FROM journal_event WHERE position = %s", "removed"),
    ],
)
def test_one_tampered_event_is_found_among_many(tampering: str, kind: str) -> None:
    sealed_events(20_000)
    as_owner(tampering, 12_345)
    lines = export.lines_after(0, using=OWNER)
    [finding] = verify(lines, using=OWNER)
    assert (finding.kind, finding.first, finding.last) == (kind, 10_001, 20_000)


@pytest.mark.django_db(databases=["migrator"])
def test_ten_million_events_are_verified_within_five_minutes(full_size: bool) -> None:
    size = 10_000_000 if full_size else 20_000
    sealed_events(size)
    lines = export.lines_after(0, using=OWNER)
    start = time.perf_counter()
    assert not list(verify(lines, using=OWNER))
    assert sum(line.count for line in lines) == size
    assert not full_size or time.perf_counter() - start < 300


def sealed_events(size: int) -> None:
    with loading.set_aside(["journal_event"], OWNER):
        fill(size)
    seals.seal(using=OWNER)
