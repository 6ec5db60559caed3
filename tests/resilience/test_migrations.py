"""Row 29: every migration goes back, none stops the traffic, the code before keeps working."""

import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from jalons.access.models import Consultation
from jalons.journal.models import Event
from jalons.kernel.ids import uuid7
from jalons.people.models import Person
from tests.rights.planting import plant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "migrator", "whole"])
OWNER = "migrator"
LARGE = re.compile(r"(people|journal|rights|access|desk)_|consultations\.")
"""Tables that grow with persons and acts."""
FORBIDDEN = {
    "a column that the code before cannot fill": re.compile(
        r"ADD COLUMN (?!.*\bDEFAULT\b).*\bNOT NULL|ALTER COLUMN .*DROP DEFAULT"
    ),
    "a table rewritten": re.compile(r"ALTER COLUMN .* TYPE |SET (UN)?LOGGED|SET TABLESPACE"),
    "a column read whole under a lock": re.compile(r"ALTER COLUMN .* SET NOT NULL"),
    "an index that stops the writers": re.compile(r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)"),
    "a column that the code before still reads": re.compile(r"DROP COLUMN|RENAME (COLUMN|TO)"),
}
ACCEPTED = {
    "people.0003_indexes",
    "people.0005_statistics",
    "people.0013_agreements",
    "access.0005_encrypted_reasons",
}
"""Written before any server ran: none may be added."""
BEFORE = ("people", "0006_follow_ups_of_an_organization")
"""The code that goes on while everything after it is applied."""


def executor() -> MigrationExecutor:
    return MigrationExecutor(connections[OWNER])


def rooms() -> list[str]:
    return [room for room in settings.ROOMS if executor().loader.graph.leaf_nodes(room)]


def migrate(targets: list[tuple[str, str | None]]) -> None:
    executor().migrate(targets)


def leaves() -> list[tuple[str, str | None]]:
    return list(executor().loader.graph.leaf_nodes())


def ours() -> list[Migration]:
    graph = executor().loader.graph
    return [graph.nodes[node] for node in sorted(graph.nodes) if node[0] in settings.ROOMS]


def test_every_migration_goes_back_and_forth_with_rows(full_size: bool) -> None:
    if not full_size:
        pytest.skip("with --long")
    plant()
    kept = (Person, Event, Consultation)
    before = [model.objects.using("whole").count() for model in kept]
    for room in reversed(rooms()):
        [first] = executor().loader.graph.root_nodes(room)
        if first in executor().loader.applied_migrations:
            migrate([first])
    migrate(leaves())
    assert [model.objects.using("whole").count() for model in kept[:2]] == before[:2]
    migrate([(room, None) for room in rooms()])
    applied = {room for room, _ in MigrationRecorder(connections[OWNER]).applied_migrations()}
    assert not applied & set(settings.ROOMS)
    migrate(leaves())


def dangers(migration: Migration) -> Iterator[str]:
    """What this migration would do to tables that it does not create itself."""
    statements = executor().loader.collect_sql([(migration, False)])
    created = {found[1] for line in statements for found in [CREATED.search(line)] if found}
    for line in statements:
        table = TABLE.search(line)
        if not table or table[1] in created or not LARGE.match(table[1]):
            continue
        yield from (f"{name}: {line}" for name, found in FORBIDDEN.items() if found.search(line))


CREATED = re.compile(r'CREATE TABLE "?([\w.]+)')
TABLE = re.compile(r'(?:ALTER TABLE|\bON) (?:ONLY )?"?([\w.]+)')


def test_no_migration_stops_the_traffic() -> None:
    found = {f"{each.app_label}.{each.name}": list(dangers(each)) for each in ours()}
    dangerous = {name: said for name, said in found.items() if said}
    assert set(dangerous) == ACCEPTED, "\n".join(
        line for said in dangerous.values() for line in said
    )


@pytest.mark.parametrize(
    "line",
    [
        'ALTER TABLE "people_person" ADD COLUMN "x" integer NOT NULL;',
        'ALTER TABLE "people_person" ALTER COLUMN "x" DROP DEFAULT;',
        'ALTER TABLE "journal_event" ALTER COLUMN "kind" TYPE varchar(80);',
        'CREATE INDEX "x" ON "people_entry" ("person_id");',
        'ALTER TABLE "people_person" DROP COLUMN "x" CASCADE;',
        'ALTER TABLE "people_person" ALTER COLUMN "x" SET NOT NULL;',
    ],
)
def test_what_stops_the_traffic_is_seen(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    loader = "django.db.migrations.loader.MigrationLoader.collect_sql"
    monkeypatch.setattr(loader, lambda self, plan: [line])
    assert len(list(dangers(ours()[0]))) == 1


class Traffic:
    """What the code before does, over and over, on the tables that it knows."""

    def __init__(self, apps: Any, person: Any) -> None:
        self.apps, self.person = apps, person
        self.errors: list[str] = []
        self.done, self.longest = 0, 0.0
        self._end = threading.Event()
        self._threads = [
            threading.Thread(target=self._loop, args=[act])
            for act in (self._read, self._read, self._write, self._write)
        ]

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def _loop(self, act: Any) -> None:
        try:
            while not self._end.is_set():
                start = time.monotonic()
                act()
                self.longest = max(self.longest, time.monotonic() - start)
                self.done += 1
                time.sleep(0.01)
        except Exception as error:  # noqa: BLE001
            self.errors.append(repr(error))
        finally:
            connections.close_all()

    def _read(self) -> None:
        person = self.apps.get_model("people", "Person").objects.using(OWNER)
        entry = self.apps.get_model("people", "Entry").objects.using(OWNER)
        assert len(list(person.all()[:50])) > 0
        list(entry.filter(person=self.person).select_related("person"))

    def _write(self) -> None:
        model = self.apps.get_model("people", "Person")
        with transaction.atomic(using=OWNER):
            with connections[OWNER].cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
                )
            found = model.objects.using(OWNER).get(pk=self.person)
            found.pk, found.given_name = uuid7(), "Passante"
            found.save(using=OWNER, force_insert=True)
            found.given_name = "Passée"
            found.save(using=OWNER)


def test_the_code_before_reads_and_writes_while_migrations_are_applied(full_size: bool) -> None:
    if not full_size:
        pytest.skip("with --long")
    planted = plant()
    migrate([BEFORE])
    runner = executor()
    applied = [node for node in runner.loader.applied_migrations if node[0] in settings.ROOMS]
    state = runner.loader.project_state(applied)
    with Traffic(state.apps, planted.person.pk) as traffic:
        time.sleep(0.5)
        before = traffic.done
        migrate(leaves())
        during = traffic.done - before
        time.sleep(0.5)
    print(f"{during} acts during the migrations, the longest {traffic.longest:.2f} s")
    assert traffic.errors == []
    assert during > 10
    assert traffic.longest < 5
    assert Person.objects.using("whole").filter(given_name="Passée").count() > 5
