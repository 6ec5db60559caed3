"""Row 25: an import killed anywhere and run again loses nothing and does nothing twice."""

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from jalons.access.roles import Role
from jalons.config.databases import urls_of
from jalons.exchange.actions.apply_import import apply_import
from jalons.exchange.actions.check_import import check_import
from jalons.exchange.running import Run
from tests.databases import ROOT
from tests.exchange.files import Desk
from tests.exchange.imports import Consortium
from tests.exchange.persons import a_person_row, a_word
from tests.exchange.tables import a_structure, csv_of

pytestmark = pytest.mark.django_db(transaction=True)


class Ground:
    """A consortium whose rows are committed, and what imports into it."""

    def __init__(self) -> None:
        self.urls = urls_of(str(connections["default"].settings_dict["NAME"]))
        self.owner = psycopg.connect(self.urls["DATABASE_MIGRATOR_URL"], autocommit=True)
        self.command: list[str] = []

    def by_command(self, folder: Path, kind: str = "structures") -> None:
        """What is started is `import_file` on a file of this folder."""
        here = Consortium.made(folder)
        self.command = [sys.executable, "-m", "jalons.config.manage", "import_file", kind]
        self.command += [str(folder / "liste.csv"), f"--territory={here.territory.code}"]
        self.command += [f"--as={here.email(Role.COORDINATOR)}", "--apply"]

    def by_job(self, url: str, desk: Desk) -> None:
        """What is started is the job of an import that was sent on its page."""
        found = Run.of(desk.found(url))
        keys = [str(found.key), str(found.territory), str(found.account)]
        self.command = [sys.executable, "-m", "tests.resilience.importer", *keys]

    def start(self) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, **self.urls}
        return subprocess.Popen(
            self.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def finish(self) -> dict[str, int]:
        written, said = self.start().communicate(timeout=120)
        assert written, said.decode()
        answer: dict[str, int] = json.loads(written.splitlines()[-1])
        return answer

    def end(self) -> int:
        """Runs to the end; the exit code."""
        running = self.start()
        running.communicate(timeout=900)
        return running.returncode

    def count(self, table: str) -> int:
        row = self.owner.execute(f"SELECT count(*) FROM {table}").fetchone()
        assert row
        return int(row[0])

    def events(self) -> Counter[str]:
        return Counter(kind for (kind,) in self.owner.execute("SELECT kind FROM journal_event"))

    def kill_while_writing(self) -> None:
        """Kills at a random moment once this run has written something, if it still runs."""
        before, running = self.count("journal_event"), self.start()
        while running.poll() is None and self.count("journal_event") == before:
            time.sleep(0.01)
        time.sleep(random.uniform(0, 0.15))
        running.kill()
        running.communicate()


@pytest.fixture
def ground() -> Iterator[Ground]:
    ground = Ground()
    yield ground
    ground.owner.close()


def test_killed_at_random_it_loses_and_repeats_nothing(
    ground: Ground, tmp_path: Path, full_size: bool
) -> None:
    count, kills = (4_000, 50) if full_size else (90, 1)
    rows = [a_structure(number) for number in range(1, count + 1)]
    (tmp_path / "liste.csv").write_bytes(csv_of(*rows))
    ground.by_command(tmp_path)
    for _ in range(kills):
        ground.kill_while_writing()
    taken = ground.count("territories_organization") - 1
    assert taken
    first = ground.finish()
    assert (first["created"], first["unchanged"]) == (count - taken, taken)
    assert ground.finish()["unchanged"] == count
    assert ground.count("territories_invitation") == count
    assert ground.count("territories_organization") == count + 1
    assert ground.events() == {
        "territories.mandate_opened": 1,
        "territories.organization_created": count,
        "territories.invitation_prepared": count,
    }


def test_the_job_of_a_page_killed_at_random_takes_up_where_it_was(
    ground: Ground, full_size: bool
) -> None:
    """Each row is settled once: what the report says is what was done, whatever the kills."""
    count, kills = (4_000, 50) if full_size else (90, 1)
    desk = Desk.of()
    url = desk.send(*(a_structure(number) for number in range(1, count + 1)))
    run = Run.of(desk.found(url))
    check_import(run)
    with desk.context():
        apply_import(desk.actor, run.key)
    ground.by_job(url, desk)
    for _ in range(kills):
        ground.kill_while_writing()
    settled = ground.count("exchange_importedrow WHERE outcome <> ''")
    assert settled == ground.count("territories_organization") - 1
    assert ground.end() == 0
    found = desk.found(url)
    assert (found.state, found.counts["created"], found.counts["invited"]) == (
        "applied",
        count,
        count,
    )
    assert ground.end() == 0
    assert ground.count("territories_organization") == count + 1
    told = ground.events()
    assert told["territories.organization_created"] == count
    assert told["territories.invitation_prepared"] == count
    assert told["exchange.import_applied"] == 1


def _persons(count: int) -> list[dict[str, str]]:
    """Who is like nobody else: a row that waited is then compared with those that are done."""
    return [a_person_row(number, Prénom=a_word(-number)) for number in range(1, count + 1)]


def _persons_once(ground: Ground, count: int) -> None:
    """Each person, her entry and their events, once."""
    assert ground.count("people_person") == count
    assert ground.count("people_entry") == count
    assert ground.count("people_lastsaid") == count
    told = ground.events()
    assert told["people.person_created"] == told["people.entry_received"] == count


def test_persons_killed_at_random_are_created_once(
    ground: Ground, tmp_path: Path, full_size: bool
) -> None:
    count, kills = (2_000, 50) if full_size else (60, 1)
    rows = _persons(count)
    (tmp_path / "liste.csv").write_bytes(csv_of(*rows))
    ground.by_command(tmp_path, "beneficiaires")
    for _ in range(kills):
        ground.kill_while_writing()
    taken = ground.count("people_person")
    assert taken
    first = ground.finish()
    assert (first["created"], first["unchanged"]) == (count - taken, taken)
    _persons_once(ground, count)
    assert ground.finish()["unchanged"] == count
    _persons_once(ground, count)


def test_the_job_of_persons_killed_at_random_takes_up_where_it_was(
    ground: Ground, full_size: bool
) -> None:
    count, kills = (2_000, 50) if full_size else (60, 1)
    desk = Desk.of(Role.DISPATCHER)
    rows = _persons(count)
    url = desk.send(*rows, kind="beneficiaires")
    run = Run.of(desk.found(url))
    check_import(run)
    with desk.context():
        apply_import(desk.actor, run.key)
    ground.by_job(url, desk)
    for _ in range(kills):
        ground.kill_while_writing()
    settled = ground.count("exchange_importedrow WHERE outcome <> ''")
    assert settled == ground.count("people_person")
    assert ground.end() == 0
    found = desk.found(url)
    assert (found.state, found.counts["created"]) == ("applied", count)
    assert ground.end() == 0
    _persons_once(ground, count)
