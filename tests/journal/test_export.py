import json
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.fixtures import Settings

from jalons.journal import export, seals
from jalons.journal.export import Diverged
from jalons.journal.seals import START, seal
from tests.journal.sealing import OWNER, as_owner, restart_positions, sow

pytestmark = pytest.mark.django_db(databases=["migrator", "whole"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "seals" / "journal.jsonl"


@pytest.fixture(autouse=True)
def _two_seals(db: None, some_kinds: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "CHUNK", 4)
    restart_positions()
    sow(8)
    seal(using=OWNER)


def told(file: Path) -> int:
    return export.export(file, using=OWNER)


def test_each_seal_is_a_line(file: Path) -> None:
    assert told(file) == 2
    first, second = map(json.loads, file.read_text().splitlines())
    assert (first["number"], first["first"], first["last"], first["count"]) == (1, 1, 4, 4)
    assert first["previous"] == START.hex()
    assert second["previous"] == first["digest"]
    assert export.read(file) == export.lines_after(0, using=OWNER)


def test_a_second_run_adds_what_is_new_only(file: Path) -> None:
    told(file)
    before = file.read_bytes()
    assert told(file) == 0
    sow(1)
    seal(using=OWNER)
    assert told(file) == 1
    assert file.read_bytes().startswith(before)
    assert [line.number for line in export.read(file)] == [1, 2, 3]


def test_seals_that_do_not_follow_the_file_are_not_told(file: Path) -> None:
    told(file)
    before = file.read_bytes()
    as_owner("DELETE FROM journal_seal")
    as_owner("UPDATE journal_event SET kind = 'garden.eaten'")
    seal(using=OWNER)
    sow(1)
    seal(using=OWNER)
    with pytest.raises(Diverged):
        told(file)
    assert file.read_bytes() == before


def test_a_line_half_written_by_a_power_cut_is_told_again(file: Path) -> None:
    told(file)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    assert told(file) == 1
    assert export.read(file) == export.lines_after(0, using=OWNER)


def test_each_database_has_its_file(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    assert export.default_path().parent == tmp_path / "seals"
    assert export.default_path().name.startswith(f"{connections['whole'].settings_dict['NAME']}-")
    settings.SEALS_FILE = tmp_path / "elsewhere"
    assert export.default_path() == tmp_path / "elsewhere"
