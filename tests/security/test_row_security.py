"""Row 5: the application's role owns and bypasses nothing; every table has chosen its wall."""

from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.security.tables import OPEN, PROTECTED

OWNED_BY_OTHERS = "nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'"


def select(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def tables(condition: str = "NOT relispartition") -> set[str]:
    found = select(
        "SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        f" WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND {OWNED_BY_OTHERS} AND {condition}"
    )
    return {row[0] for row in found}


pytestmark = pytest.mark.django_db


def test_the_application_s_role_owns_and_bypasses_nothing() -> None:
    roles = select(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert roles == [(False,) * 5]
    assert select("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == [(0,)]
    assert select("SELECT count(*) FROM pg_proc WHERE proowner = current_user::regrole") == [(0,)]
    schemas = f"SELECT nspname FROM pg_namespace WHERE {OWNED_BY_OTHERS}"
    assert select(f"{schemas} AND has_schema_privilege(oid, 'CREATE')") == []


def test_the_application_s_role_becomes_nobody_else() -> None:
    memberships = select(
        "SELECT rolname FROM pg_roles WHERE rolname <> current_user"
        " AND pg_has_role(current_user, oid, 'MEMBER')"
    )
    assert memberships == []


@pytest.mark.django_db(databases=["whole"])
def test_the_whole_file_role_owns_nothing() -> None:
    with connections["whole"].cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, True)
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)


def test_every_table_is_in_one_of_the_two_lists() -> None:
    assert tables() == set(PROTECTED) | set(OPEN)
    assert not set(PROTECTED) & set(OPEN)


def test_row_security_is_forced_on_every_protected_table() -> None:
    assert tables("relrowsecurity AND relforcerowsecurity") == set(PROTECTED)


def test_the_partitions_are_reached_through_their_parent_only() -> None:
    rights = "'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'"
    partitions = tables("relispartition")
    assert len(partitions) > 20
    reached = f"relispartition AND has_table_privilege('{{}}', pg_class.oid, {rights})"
    assert tables(reached.format(settings.APPLICATION_ROLE)) == set()
    assert tables(reached.format(settings.WHOLE_ROLE)) == set()


def test_nothing_is_truncated_nor_bound_by_the_application() -> None:
    for right in ("TRUNCATE", "TRIGGER", "REFERENCES"):
        assert tables(f"has_table_privilege(pg_class.oid, '{right}')") == set()


def test_consultations_are_written_and_never_changed() -> None:
    changed = "relname LIKE 'consultation%' AND has_table_privilege(pg_class.oid, 'UPDATE, DELETE')"
    assert tables(changed) == set()
    whole = "relname LIKE 'consultation%' AND has_table_privilege('{}', pg_class.oid, '{}')"
    assert tables(whole.format(settings.WHOLE_ROLE, "UPDATE, TRUNCATE")) == set()
    assert tables(whole.format(settings.WHOLE_ROLE, "DELETE")) == {"consultations.consultation"}


def test_a_function_of_the_owner_is_closed_to_the_others() -> None:
    """Its search path is fixed, and only the roles of the house call it."""
    definers = select(
        "SELECT proname, proconfig::text, coalesce(proacl::text, '=X') FROM pg_proc"
        " JOIN pg_namespace n ON n.oid = pronamespace"
        f" WHERE prosecdef AND {OWNED_BY_OTHERS}"
    )
    assert {name for name, _, _ in definers} == {
        "people_number",
        "people_reads_sealed",
        "people_refresh_sealed_readers",
    }
    for name, config, rights in definers:
        assert "search_path=public, pg_temp" in config, name
        assert "=X" not in rights.replace(f"{settings.APPLICATION_ROLE}=X", "").replace(
            f"{settings.WHOLE_ROLE}=X", ""
        ).replace(f"{settings.DATABASES['migrator']['USER']}=X", ""), name
