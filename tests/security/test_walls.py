"""Row 5: PostgreSQL itself shows nothing without a context, nor another territory's rows.

Real transactions, on a connection of the application's role that no code of the house opened.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg import errors, sql

from jalons.access import consultations, drafts
from jalons.access.consultations import Opened
from jalons.access.levels import Level
from jalons.access.models import Export
from jalons.exchange.header_maps import remember
from jalons.exchange.kept_blocks import keep_rows
from jalons.exchange.models import TakenFlow
from jalons.journal.models import Event, Notification, Payload
from jalons.kernel import clock
from jalons.people.arrivals.actions.remembering import remember as remember_said
from jalons.people.front_door.actions.search import search
from jalons.people.front_door.typed import Typed
from jalons.rights.copies.ask import ask_export
from jalons.rights.requests.actions import Asked, record_request
from jalons.rights.retention.actions import set_hold
from tests.exchange.files import an_import
from tests.security.canaries import a_full_file
from tests.security.cast import Cast
from tests.security.tables import PROTECTED
from tests.worlds import within

pytestmark = pytest.mark.xdist_group("walls")


class Raw:
    """A connection of the application's role, with the context that one asks for."""

    def __init__(self, connection: "psycopg.Connection[tuple[Any, ...]]") -> None:
        self.connection = connection

    @contextmanager
    def within(self, territories: str = "", account: UUID | None = None) -> Iterator[None]:
        """Everything done inside is taken back."""
        with self.connection.transaction(force_rollback=True):
            self.connection.execute(
                "SELECT set_config('jalons.territories', %s, true),"
                " set_config('jalons.account', %s, true)",
                [territories, str(account or "")],
            )
            yield

    def count(self, table: str, where: str = "true") -> int:
        schema, name = table.split(".")
        query = sql.SQL("SELECT count(*) FROM {}.{} WHERE ").format(
            sql.Identifier(schema), sql.Identifier(name)
        )
        row = self.connection.execute(query + sql.SQL(where)).fetchone()
        assert row
        return int(row[0])

    def columns(self, table: str) -> list[str]:
        rows = self.connection.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [table],
        )
        return [row[0] for row in rows]


@pytest.fixture(scope="module")
def raw(committed_once: None) -> Iterator[Raw]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as opened:
        yield Raw(opened)


@pytest.fixture(scope="module")
def files(raw: Raw) -> tuple[Cast, Cast]:
    """Two territories with a row in every protected table."""
    return _committed(), _committed()


def _committed() -> Cast:
    cast, _ = a_full_file()
    actor = cast.actors["référente"]
    with within(cast.territory.pk, account=actor.account):
        opened = Opened("people:identity", "read", Level.IDENTITY, "follows")
        consultations.record(actor, opened, person=cast.followed.pk)
        event = _last_event(cast)
        assert actor.account
        Notification.objects.create(
            event=event, account=actor.account, territory=cast.territory.pk, kind="access.x"
        )
        Payload.objects.create(event=event, territory=cast.territory.pk, body=b"x")
        keep_rows(an_import(actor), [["x"]])
        remember(actor, "beneficiaires", {"Nom": "Patronyme"})
        remember_said(actor, cast.followed, {"phone": "d"})
        TakenFlow.objects.create(
            territory_id=cast.territory.pk,
            organization_id=_known(actor.organization),
            kind="caf-rsa",
            as_of=clock.today(),
            made_on=clock.today(),
        )
        search(actor, Typed("Quidam", "Zoé", date(2001, 2, 3)))
        Export.objects.create(
            territory=cast.territory.pk,
            account=actor.account,
            mandate=_known(actor.mandate),
            page="desk:caseload_export",
            purpose="quality",
            words=b"x",
            suffix="csv",
            rows=1,
        )
        record_request(actor, cast.followed.pk, Asked("access", "letter", clock.today()))
        ask_export(actor, cast.followed.pk)
    officer = cast.actors["protection des données"]
    with within(cast.territory.pk, account=officer.account):
        later = clock.today() + timedelta(days=9)
        set_hold(officer, cast.followed.pk, "litigation", later)
    return cast


def _known(key: UUID | None) -> UUID:
    assert key
    return key


def _last_event(cast: Cast) -> UUID:
    return Event.objects.filter(territory=cast.territory.pk).earliest("position").pk


def place(cast: Cast) -> str:
    return str(cast.territory.pk)


def reader(cast: Cast) -> UUID | None:
    return cast.actors["référente"].account


def test_without_a_context_no_row_of_a_territory_exists(raw: Raw, files: tuple[Cast, Cast]) -> None:
    for table, column in PROTECTED.items():
        assert raw.count(table, f"{column} IS NOT NULL") == 0, table
        with raw.within():
            assert raw.count(table, f"{column} IS NOT NULL") == 0, table
        with raw.within(account=reader(files[0])):
            if table != "public.access_breakglass":
                assert raw.count(table, f"{column} IS NOT NULL") == 0, table
        with raw.within(place(files[0]), reader(files[0])):
            assert raw.count(table, f"{column} IS NOT NULL") > 0, table


def test_what_has_no_territory_is_about_nobody(raw: Raw, files: tuple[Cast, Cast]) -> None:
    """Events of the platform are the only rows seen without a context."""
    assert raw.count("public.journal_event", "person IS NOT NULL") == 0
    assert raw.count("public.journal_payload") == 0


def test_a_context_shows_its_own_territory_only(raw: Raw, files: tuple[Cast, Cast]) -> None:
    here, _ = files
    for table, column in PROTECTED.items():
        with raw.within(place(here), reader(here)):
            assert raw.count(table, f"{column} = {place(here)}") > 0, table
            assert raw.count(table, f"{column} <> {place(here)}") == 0, table
        with raw.within("32000", reader(here)):
            if table != "public.access_breakglass":
                assert raw.count(table, f"{column} IS NOT NULL") == 0, table


@pytest.mark.parametrize("hostile", ["{1,2}", "1,2);--", "NULL", " "])
def test_a_context_that_is_not_a_list_of_numbers_shows_nothing(
    raw: Raw, files: tuple[Cast, Cast], hostile: str
) -> None:
    try:
        with raw.within(hostile):
            assert raw.count("public.people_person") == 0
    except errors.InvalidTextRepresentation:
        pass


def test_no_row_is_written_for_another_territory(raw: Raw, files: tuple[Cast, Cast]) -> None:
    here, there = files
    for table, column in PROTECTED.items():
        copy = _copy_into(raw, table, column, place(there))
        with raw.within(place(here), reader(here)):
            assert raw.count(table) > 0, table
            with pytest.raises(errors.InsufficientPrivilege), raw.connection.transaction():
                raw.connection.execute(copy)
            move = f"UPDATE {table} SET {column} = {place(there)}"
            with pytest.raises(errors.InsufficientPrivilege), raw.connection.transaction():
                raw.connection.execute(move)


def _copy_into(raw: Raw, table: str, column: str, territory: str) -> Any:
    """An INSERT of one visible row, under a new key, into a territory."""
    key = "event" if table == "public.journal_payload" else "id"
    replaced = {column: territory, key: "gen_random_uuid()"}
    if table == "public.journal_event":
        replaced["position"] = "nextval('journal_event_position')"
    names = raw.columns(table)
    values = ", ".join(replaced.get(name, f'"{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} LIMIT 1"


def test_the_copy_would_pass_in_its_own_territory(raw: Raw, files: tuple[Cast, Cast]) -> None:
    """Otherwise the refusals above would prove nothing."""
    here, _ = files
    with raw.within(place(here), reader(here)):
        for table in ("public.people_person", "consultations.consultation"):
            copy = _copy_into(raw, table, PROTECTED[table], place(here))
            with raw.connection.transaction(force_rollback=True):
                assert raw.connection.execute(copy).rowcount == 1


def test_rows_of_another_territory_are_neither_changed_nor_deleted(
    raw: Raw, files: tuple[Cast, Cast]
) -> None:
    here, there = files
    with raw.within(place(here), reader(here)):
        for table, column in PROTECTED.items():
            for order in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
                where = f" WHERE {column} = {place(there)}"
                try:
                    with raw.connection.transaction():
                        found = raw.connection.execute(order + where)
                        assert found.rowcount == 0, (table, order)
                except errors.InsufficientPrivilege:
                    assert table.startswith(("public.journal", "consultations")), table


def test_what_is_sealed_exists_for_its_readers_only(raw: Raw, files: tuple[Cast, Cast]) -> None:
    cast, _ = files
    sealed = "level = 'sealed'"
    with raw.within(place(cast), reader(cast)):
        assert raw.count("public.people_status", sealed) == 1
        assert raw.count("public.people_sealedreader") == 2
        assert raw.count("public.people_document", sealed) == 1
        assert raw.count("public.people_document", "level = 'private'") == 1
        assert raw.count("public.people_documentcontent") == 5
        assert raw.count("public.people_contact", sealed) == 1
    for name, actor in cast.actors.items():
        if name != "référente":
            with raw.within(place(cast), actor.account):
                assert raw.count("public.people_status", sealed) == 0, name
                assert raw.count("public.people_contact", sealed) == 0, name
                assert raw.count("public.people_sealedreader") == 0, name
    with raw.within(place(cast)):
        assert raw.count("public.people_status", sealed) == 0
        assert raw.count("public.people_status") > 0


def test_nobody_seals_a_fact_in_a_domain_that_they_do_not_read(
    raw: Raw, files: tuple[Cast, Cast]
) -> None:
    cast, _ = files
    seal = "UPDATE people_status SET level = 'sealed', domain = 'violences'"
    refused = pytest.raises(errors.InsufficientPrivilege)
    with raw.within(place(cast), cast.actors["collègue"].account), refused:
        raw.connection.execute(seal)


def test_nobody_names_a_reader_for_another(raw: Raw, files: tuple[Cast, Cast]) -> None:
    cast, _ = files
    named = (
        "INSERT INTO people_sealedreader"
        " (id, recorded_at, territory_id, person_id, domain, account_id, reason)"
        " VALUES (gen_random_uuid(), now(), %s, %s, 'violences', %s, 'named')"
    )
    values = [cast.territory.pk, cast.followed.pk, reader(cast)]
    refused = pytest.raises(errors.InsufficientPrivilege)
    with raw.within(place(cast), cast.actors["collègue"].account), refused:
        raw.connection.execute(named, values)


def test_a_draft_exists_for_its_author_only(raw: Raw, files: tuple[Cast, Cast]) -> None:
    cast, _ = files
    with raw.within(place(cast), reader(cast)):
        assert raw.count("public.access_draft") == 1
    for account in (None, *(cast.actors[name].account for name in ("collègue", "responsable"))):
        with raw.within(place(cast), account):
            assert raw.count("public.access_draft") == 0
    with within(cast.territory.pk, account=cast.actors["collègue"].account):
        assert drafts.load(cast.actors["collègue"], f"break-glass:{cast.followed.pk}") == {}


CONSULTATION = (
    "INSERT INTO consultations.consultation"
    " (id, at, territory, account, page, act, level, reason, refused)"
    " VALUES (gen_random_uuid(), now(), %s, %s, 'x', 'read', '', '', false)"
)


HERE, THERE, NOWHERE = "here", "there", "nowhere"


@pytest.mark.parametrize(
    ("territory", "author", "written"),
    [
        (HERE, "référente", True),
        (NOWHERE, "référente", True),
        (HERE, "collègue", False),
        (HERE, "", False),
        (THERE, "référente", False),
    ],
)
def test_a_consultation_is_written_in_one_s_own_name_and_territory(
    raw: Raw, files: tuple[Cast, Cast], territory: str, author: str, written: bool
) -> None:
    here, there = files
    number = {HERE: here.territory.pk, THERE: there.territory.pk, NOWHERE: None}[territory]
    values = [number, here.actors[author].account if author else None]
    with raw.within(place(here), reader(here)):
        if written:
            assert raw.connection.execute(CONSULTATION, values).rowcount == 1
            return
        with pytest.raises(errors.InsufficientPrivilege):
            raw.connection.execute(CONSULTATION, values)


def test_a_stranger_s_urgent_accesses_stay_hidden(raw: Raw, files: tuple[Cast, Cast]) -> None:
    """An account sees its own from everywhere, for its quota; nobody else's."""
    here, there = files
    urgent = here.actors["en urgence"].account
    with raw.within(place(there), urgent):
        assert raw.count("public.access_breakglass", f"account = '{urgent}'") == 2
        assert raw.count("public.access_breakglass", f"territory = {place(here)}") == 2
    with raw.within(place(there), reader(there)):
        assert raw.count("public.access_breakglass", f"territory = {place(here)}") == 0
