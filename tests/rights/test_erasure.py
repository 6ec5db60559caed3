"""Row 20, erasure: the whole inventory goes, what counts still counts, no backup brings it back."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections

from jalons.access.models import BreakGlass, Consultation
from jalons.access.transitions import Impossible
from jalons.journal import events, seals
from jalons.journal import export as seals_file
from jalons.journal.models import Event, Payload
from jalons.journal.verification import verify
from jalons.kernel import clock
from jalons.people import personal_data
from jalons.people.models import Person
from jalons.people.queries import persons
from jalons.rights import tasks
from jalons.rights.copies.ask import make_export
from jalons.rights.erasure import register
from jalons.rights.erasure.ask import ask_erasure
from jalons.rights.erasure.erase import NotWhole, erase, left
from jalons.rights.erasure.replay import replay
from jalons.rights.retention.actions import set_hold
from tests.clients import client_for
from tests.rights.planting import Planted, plant
from tests.worlds import a_case, within

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "whole", "migrator"])


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Path:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
    return tmp_path / "erasures.jsonl"


@pytest.fixture
def planted(transactional_db: None, file: Path) -> Planted:
    return plant()


def tables() -> list[str]:
    """Every table of ours, partitions through their parent."""
    models = [model for model in apps.get_models() if model.__module__.startswith("jalons.")]
    names = {model._meta.db_table.replace('"', "") for model in models}
    return sorted(names | {"procrastinate_jobs"})


def dumped(word: str) -> set[str]:
    """The tables whose rows hold a word, as a dump would show it; bytes as hexadecimal."""
    found = set()
    with connections["migrator"].cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT 1 FROM {table} AS r WHERE r::text LIKE %s", [f"%{word}%"])
            if cursor.fetchone():
                found.add(table)
    return found


def test_everything_of_the_inventory_goes(planted: Planted, file: Path) -> None:
    make_export(planted.export)
    key = planted.person.pk
    before = {data.name: data.rows(key, "whole").count() for data in personal_data.registered()}
    assert [name for name, count in before.items() if not count] == []
    start = time.monotonic()
    done = erase(key, planted.case.territory.pk)
    elapsed = time.monotonic() - start
    print(f"erased {sum(done.values())} rows of {len(done)} models in {elapsed:.2f} s")
    assert elapsed < 60
    assert left(key, "whole") == {}
    kept = {"access.Consultation", "journal.Event"}
    assert set(done) == set(before) - kept
    assert dumped(str(key)) == {
        "access_breakglass",
        "consultations.consultation",
        "journal_event",
    }


def test_no_word_of_the_file_is_left(planted: Planted) -> None:
    erase(planted.person.pk, planted.case.territory.pk)
    for word in (
        "Zéphyrine",
        "Introuvable",
        "introuvable",
        "Mésanjoie",
        "témoin",
        "personne joignable",
    ):
        assert dumped(word) <= {"territories_organization"}, word


def test_events_still_count_and_the_seals_still_verify(planted: Planted, tmp_path: Path) -> None:
    seals.seal()
    seals_file.export(tmp_path / "seals.jsonl")
    about = Event.objects.using("whole").filter(person=planted.person.pk)
    before, seen = about.count(), Consultation.objects.using("whole").count()
    erase(planted.person.pk, planted.case.territory.pk)
    assert about.count() == before + 2
    assert about.filter(kind="rights.person_erased").count() == 1
    assert not Payload.objects.using("whole").filter(event__in=about.values("pk")).exists()
    assert Consultation.objects.using("whole").count() == seen
    assert BreakGlass.objects.using("whole").get().reason == ""
    stored, told = seals_file.lines_after(0), seals_file.read(tmp_path / "seals.jsonl")
    assert list(verify(stored, told)) == []
    seals.seal()
    assert list(verify(seals_file.lines_after(0))) == []


def test_nobody_finds_the_person(planted: Planted) -> None:
    url = f"/personnes/{planted.person.pk}/"
    client = client_for(planted.case.referente)
    assert client.get(url).status_code == 200
    erase(planted.person.pk, planted.case.territory.pk)
    assert client.get(url).status_code == 404
    assert client.get(url + "apercu/").status_code == 404
    assert str(planted.person.pk) not in client.get("/file-active/").content.decode()
    with within(planted.case.territory.pk, account=planted.case.referente.account):
        assert not persons(planted.case.referente).exists()


def test_others_stay(planted: Planted) -> None:
    other = a_case()
    erase(planted.person.pk, planted.case.territory.pk)
    everybody = set(Person.objects.using("whole").values_list("pk", flat=True))
    assert planted.person.pk not in everybody
    assert other.person.pk in everybody
    assert other.person.follow_ups.using("whole").count() == 1


def test_an_erasure_that_leaves_something_does_not_happen(
    planted: Planted, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    draft = next(data for data in personal_data.registered() if data.name == "access.Draft")
    monkeypatch.setattr(type(draft), "erase", _but(draft, type(draft).erase))
    with pytest.raises(NotWhole, match=r"access\.Draft"):
        erase(planted.person.pk, planted.case.territory.pk)
    assert Person.objects.using("whole").filter(pk=planted.person.pk).exists()
    assert not file.exists()


def _but(spared: Any, erase_rows: Any) -> Any:
    def erasing(self: Any, *arguments: Any) -> int:
        return 0 if self is spared else int(erase_rows(self, *arguments))

    return erasing


def test_the_act_the_job_and_what_holds_it(planted: Planted) -> None:
    officer, key, territory = planted.officer, planted.person.pk, planted.case.territory.pk
    with within(territory, account=officer.account):
        hold = set_hold(officer, key, "complaint", clock.today().replace(year=2100))
        with pytest.raises(Impossible):
            ask_erasure(officer, key)
    tasks.erase_person(str(key), territory)
    assert Person.objects.using("whole").filter(pk=key).exists()
    with within(territory, account=officer.account):
        hold.lifted_on = clock.today()
        events.append("rights.hold_lifted", territory=territory)
        hold.save()
        ask_erasure(officer, key)
    tasks.erase_person(str(key), territory)
    assert not Person.objects.using("whole").filter(pk=key).exists()
    count = Event.objects.using("whole").count()
    tasks.erase_person(str(key), territory)
    assert Event.objects.using("whole").count() == count


def backup(person: Any) -> dict[str, list[Any]]:
    return {
        data.name: list(data.rows(person, "whole"))
        for data in personal_data.registered()
        if data.name
        not in {"access.Consultation", "journal.Event", "procrastinate.ProcrastinateJob"}
    }


def restore(rows: dict[str, list[Any]]) -> None:
    """As a restored dump would: the rows of before, without a word in the journal."""
    written = [row for found in rows.values() for row in found]
    tables = {type(row)._meta.db_table for row in written}
    with connections["migrator"].cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for row in written:
            type(row)._base_manager.using("migrator").filter(pk=row.pk).delete()
            row.save(using="migrator", force_insert=True)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_restored_backup_is_erased_again(planted: Planted, file: Path) -> None:
    key, territory = planted.person.pk, planted.case.territory.pk
    make_export(planted.export)
    rows = backup(key)
    erase(key, territory)
    restore(rows)
    assert Person.objects.using("whole").filter(pk=key).exists()
    assert len(left(key, "whole")) > 10
    said: list[str] = []
    assert replay(said.append) == 1
    assert str(key) in said[0]
    assert left(key, "whole") == {}
    assert dumped("Zéphyrine") == set()
    assert replay(said.append) == 0
    call_command("replay_erasures")


def test_a_line_is_on_the_disk_and_says_no_name(planted: Planted, file: Path) -> None:
    erase(planted.person.pk, planted.case.territory.pk)
    [line] = file.read_text().splitlines()
    said = json.loads(line)
    assert set(said) == {"at", "territory", "person", "digest"}
    assert said["person"] == str(planted.person.pk)
    assert file.stat().st_mode & 0o077 == 0


def test_a_line_without_the_keys_erases_nobody(planted: Planted, file: Path) -> None:
    register.write(planted.person.pk, planted.case.territory.pk)
    said = json.loads(file.read_text())
    forged = [
        json.dumps(said | {"person": str(a_case().person.pk)}),
        json.dumps(said | {"digest": "00"}),
        "{",
        "[]",
        "12",
        '"a"',
    ]
    file.write_text("\n".join(forged) + "\n")
    assert list(register.read()) == []
    assert replay(print) == 0


def test_a_half_written_line_hides_no_other(file: Path, planted: Planted) -> None:
    file.write_text('{"at": "20')
    register.write(planted.person.pk, planted.case.territory.pk)
    assert [line.person for line in register.read()] == [planted.person.pk]


def test_without_a_register_the_command_says_so(planted: Planted) -> None:
    with pytest.raises(CommandError, match="registre"):
        call_command("replay_erasures")
