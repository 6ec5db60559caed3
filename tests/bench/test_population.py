"""The generator: always the same rows, coherent ones, and a schema as the migrations made it.

200 persons in three territories, in a database of their own.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from django.db import connections

from bench import population
from bench.list import MOST_QUERIES, Reader
from bench.synthetic import days, names, tables
from bench.synthetic.happenings import Happenings
from jalons.config.databases import point_at
from jalons.journal import payloads
from jalons.journal.kinds import kind_of
from jalons.journal.models import Event
from jalons.kernel import clock
from jalons.kernel.crypto import decrypt, keyed_hash
from jalons.kernel.text import fold
from jalons.nomenclature import queries as nomenclature
from jalons.people.models import Identifier, Status
from jalons.people.statuses.contents import read
from tests import databases

SIZE, EVENTS = 200, 20
CIPHERS = {"people_identifier": "cipher", "people_status": "cipher", "journal_payload": "body"}
SCHEMA = """
SELECT indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT conname, conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
UNION ALL SELECT tgname || tgrelid::regclass, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
"""


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: Any, database_server: databases.Server
) -> Iterator[dict[str, set[Any]]]:
    """A populated database of our own; the schema before and after."""
    clone = database_server.clone(databases.migrated(database_server))
    with django_db_blocker.unblock():
        home = connections["default"].settings_dict["NAME"]
        point_at(clone)
        schema = {"before": set(rows(SCHEMA))}
        populate()
        schema["after"] = set(rows(SCHEMA))
        yield schema
        point_at(home)
    database_server.drop(clone)


def populate() -> None:
    """As if a territory held 70 persons, and many territories began above 100."""
    with pytest.MonkeyPatch.context() as patch, clock.travel(days.NOW):
        patch.setattr(population, "LARGEST_TERRITORY", 100)
        patch.setattr(population, "TERRITORY", 70)
        population.populate(SIZE)


def rows(query: str, alias: str = "migrator") -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def one(query: str, alias: str = "migrator") -> Any:
    return rows(query, alias)[0][0]


def digests() -> dict[str, Any]:
    """By table, of every column but the ciphers, whose nonces are random."""
    found = {}
    for table, columns in tables.COLUMNS.items():
        kept = ", ".join(name for name in columns.split() if name != CIPHERS.get(table))
        found[table] = rows(
            f"SELECT count(*), sha256(string_agg(line, ',' ORDER BY line)::bytea)"
            f" FROM (SELECT ROW({kept})::text AS line FROM {table}) AS lines"
        )
    return found


def test_the_same_size_gives_the_same_rows(made: Any, database_server: databases.Server) -> None:
    first = digests()
    home = connections["default"].settings_dict["NAME"]
    again = database_server.clone(databases.migrated(database_server))
    point_at(again)
    try:
        populate()
        assert digests() == first
    finally:
        point_at(home)
        database_server.drop(again)


def test_the_schema_is_as_the_migrations_made_it(made: dict[str, set[Any]]) -> None:
    assert made["after"] == made["before"]
    assert len(made["after"]) > 100


@pytest.mark.parametrize(
    ("size", "expected"),
    [(1_000, [1_000]), (1_000_000, [1_000_000]), (2_100_000, [25_000] * 84)],
)
def test_territories_of_a_size(size: int, expected: list[int]) -> None:
    assert population.territories(size) == expected


def test_no_row_without_a_context(made: Any) -> None:
    for table in tables.COLUMNS:
        if table.startswith(("people_", "journal_")):
            assert one(f"SELECT count(*) FROM {table}") > 0
            assert one(f"SELECT count(*) FROM {table}", "default") == 0, table


def test_persons_are_dealt_among_territories(made: Any) -> None:
    found = rows("SELECT territory_id, count(*) FROM people_person GROUP BY 1 ORDER BY 1")
    assert found == [(1, 70), (2, 70), (3, 60)]


@pytest.mark.parametrize("table", ["identifier", "status", "entry", "followup", "agreement"])
def test_facts_are_in_the_territory_of_their_person(made: Any, table: str) -> None:
    strays = f"""
        SELECT count(*) FROM people_{table} AS fact JOIN people_person AS person
            ON person.id = fact.person_id
        WHERE fact.territory_id <> person.territory_id"""
    assert one(strays) == 0


def test_communes_are_their_territory_s(made: Any) -> None:
    strays = """
        SELECT count(*) FROM people_person AS person JOIN territories_territory AS territory
            ON territory.id = person.territory_id
        WHERE person.commune <> ALL(territory.communes)"""
    assert one(strays) == 0


def test_sort_keys_are_folded_names(made: Any) -> None:
    found = rows("SELECT family_name, given_name, sort_key FROM people_person")
    assert {key for _, _, key in found} == {fold(f"{family} {given}") for family, given, _ in found}


def test_every_listed_name_folds_part_by_part() -> None:
    for given in names.names("female") + names.names("male"):
        assert fold(f"L’Hôte-Œillet {given}") == f"l hote oeillet {fold(given)}"
    assert all(fold(family) for family in names.names("family"))
    assert len(set(names.names("family"))) > 1_400


def test_one_active_referent_for_nine_persons_in_ten(made: Any) -> None:
    active = """
        SELECT count(*), count(DISTINCT person_id) FROM people_followup WHERE role = 'referent'
            AND starts_on <= '2026-11-23' AND (ends_on IS NULL OR ends_on > '2026-11-23')"""
    count, persons = rows(active)[0]
    assert count == persons
    assert 0.8 * SIZE < persons < 0.97 * SIZE


def test_followers_work_where_they_follow(made: Any) -> None:
    strangers = """
        SELECT count(*) FROM people_followup AS followup WHERE NOT EXISTS (
            SELECT FROM territories_mandate AS mandate
            WHERE mandate.account_id = followup.account_id
                AND mandate.organization_id = followup.organization_id
                AND mandate.territory_id = followup.territory_id
                AND (followup.ends_on IS NOT NULL OR mandate.ends_on IS NULL))"""
    assert one(strangers) == 0


def test_every_role_is_held(made: Any) -> None:
    assert one("SELECT count(DISTINCT role) FROM territories_mandate") == 11


def test_what_is_sealed_has_its_author_and_its_referent(made: Any) -> None:
    sealed = "SELECT person_id, domain FROM people_status WHERE level = 'sealed'"
    readers = "SELECT person_id, domain FROM people_sealedreader"
    expected = set(rows(sealed))
    assert expected
    assert set(rows(readers)) == expected
    assert set(rows(f"{readers} WHERE reason = 'author'")) == expected
    referents = """
        SELECT reader.person_id, domain FROM people_sealedreader AS reader
        JOIN people_followup AS followup ON followup.person_id = reader.person_id
            AND followup.account_id = reader.account_id
            AND role = 'referent' AND ends_on IS NULL
        WHERE reason = 'referent'"""
    followed = "SELECT person_id FROM people_followup WHERE role = 'referent' AND ends_on IS NULL"
    assert set(rows(referents)) == set(rows(f"{sealed} AND person_id IN ({followed})"))


def test_statuses_have_the_level_of_the_nomenclature(made: Any) -> None:
    unlike = """
        SELECT count(*) FROM people_status AS status LEFT JOIN nomenclature_term AS term
            ON list = 'person_status' AND code = kind
        WHERE status.level = 'shared' AND ROW(term.level, term.domain, term.label)
            IS DISTINCT FROM ROW(status.level, status.domain, status.label)"""
    assert one(unlike) == 0
    assert one("SELECT count(DISTINCT level) FROM people_status") == 3
    hidden = Status.objects.using("migrator").filter(level__in=["restricted", "sealed"])
    for status in hidden.order_by("pk")[:50]:
        content = read(status)
        term = nomenclature.term("person_status", content.kind)
        assert (content.label, content.domain) == (term.label, term.domain)
        assert status.level == term.level


def test_events_are_as_many_as_asked_in_the_order_of_time(made: Any) -> None:
    events = rows("SELECT position, occurred_at, kind FROM journal_event ORDER BY position")
    assert [event[0] for event in events] == list(range(1, SIZE * EVENTS + 1))
    assert [event[1] for event in events] == sorted(event[1] for event in events)
    assert events[-1][1] <= days.NOW
    for kind in {event[2] for event in events}:
        assert not kind_of(kind).neutral
    assert one("SELECT nextval('journal_event_position')") == SIZE * EVENTS + 1


def test_events_tell_the_facts(made: Any) -> None:
    met = """
        SELECT object_key, occurred_at::date FROM journal_event WHERE kind = 'people.entry_met'"""
    held = "SELECT id, first_interview_on FROM people_entry WHERE first_interview_on IS NOT NULL"
    assert set(rows(met)) == set(rows(held))
    started = "SELECT object_key FROM journal_event WHERE kind = 'people.follow_up_started'"
    assert set(rows(started)) == set(rows("SELECT id FROM people_followup"))
    early = """
        SELECT count(*) FROM journal_event AS event JOIN people_person ON people_person.id = person
        WHERE occurred_at < people_person.recorded_at OR event.territory <> territory_id"""
    assert one(early) == 0


def test_payloads_open_with_the_journal_s_own_key(made: Any) -> None:
    told = list(Event.objects.using("migrator").exclude(digest=None).order_by("position")[:20])
    assert len(told) == 20
    for event in told:
        content = payloads.disclose(event, using="migrator")
        assert content is not None
        assert content.kind == event.kind


def test_numbers_are_encrypted_and_matched(made: Any) -> None:
    for found in Identifier.objects.using("migrator").order_by("pk")[:20]:
        purpose = f"people.identifier.{found.kind}"
        number = decrypt(bytes(found.cipher), purpose).decode()
        assert keyed_hash(number, purpose) == bytes(found.digest)


def test_without_events_nothing_is_noted() -> None:
    happenings = Happenings(tables.Rows("migrator"), Random(0), kept=False)
    person = happenings.person("key", 1, ("epci", ""), 0)
    happenings.note(10, person, 0, 0)
    assert happenings.count == 0
    assert list(happenings.write({})) == [0] * len(happenings._months)


@pytest.mark.parametrize("role", ["practitioner", "manager", "dispatcher", "coordinator"])
def test_a_page_of_the_list_takes_few_queries(made: Any, role: str) -> None:
    with clock.travel(days.NOW):
        assert 0 < Reader(role).queries() <= MOST_QUERIES
