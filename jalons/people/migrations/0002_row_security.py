"""Row-level security of the room: the territory everywhere, readers and seals where they apply.

`people_reads_sealed` and `people_refresh_sealed_readers` are owned by the migrator, who bypasses
row-level security: the first so that a policy may look at the readers without recursion, the second
so that whoever changes a référent moves the seals without seeing them.
"""

from django.conf import settings
from django.db import migrations

from jalons.journal.operations import Historise
from jalons.kernel.row_security import ACCOUNT, ProtectRows

FUNCTIONS = """
CREATE FUNCTION people_reads_sealed(of_person uuid, of_domain text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM people_sealedreader
        WHERE person_id = of_person AND domain = of_domain
          AND account_id = nullif(current_setting('jalons.account', true), '')::uuid
    )
$$;

CREATE FUNCTION people_refresh_sealed_readers(of_person uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    referent uuid;
    allowed boolean;
BEGIN
    SELECT territory_id::int = ANY(
        string_to_array(nullif(current_setting('jalons.territories', true), ''), ',')::int[]
    ) INTO allowed FROM people_person WHERE id = of_person;
    IF allowed IS NOT TRUE THEN
        RETURN;
    END IF;
    SELECT account_id INTO referent FROM people_followup
    WHERE person_id = of_person AND role = 'referent' AND ends_on IS NULL;
    DELETE FROM people_sealedreader
    WHERE person_id = of_person AND reason = 'referent' AND account_id IS DISTINCT FROM referent;
    IF referent IS NOT NULL THEN
        INSERT INTO people_sealedreader
            (id, recorded_at, territory_id, person_id, domain, account_id, reason)
        SELECT DISTINCT ON (domain)
            gen_random_uuid(), now(), territory_id, person_id, domain, referent, 'referent'
        FROM people_sealedreader WHERE person_id = of_person
        ON CONFLICT (person_id, domain, account_id, reason) DO NOTHING;
    END IF;
END
$$;
"""

GRANTS = [
    f"{verb} EXECUTE ON FUNCTION {function} {preposition} {role}"
    for function in (
        "people_reads_sealed(uuid, text)",
        "people_refresh_sealed_readers(uuid)",
    )
    for verb, preposition, role in (
        ("REVOKE", "FROM", "PUBLIC"),
        ("GRANT", "TO", f'"{settings.APPLICATION_ROLE}"'),
        ("GRANT", "TO", f'"{settings.WHOLE_ROLE}"'),
    )
]

TABLES = ["person", "identifier", "entry", "followup", "agreement", "objection"]
HISTORISED = [*TABLES, "status", "sealedreader"]


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("journal", "0001_initial")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION people_refresh_sealed_readers(uuid);"
            "DROP FUNCTION people_reads_sealed(uuid, text)",
        ),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        *(ProtectRows(f"people_{table}") for table in TABLES),
        ProtectRows(
            "people_status",
            also=["level <> 'sealed' OR people_reads_sealed(person_id, domain)"],
        ),
        ProtectRows(
            "people_sealedreader",
            also=[f"account_id = {ACCOUNT} OR people_reads_sealed(person_id, domain)"],
        ),
        *(Historise(f"people_{table}") for table in HISTORISED),
    ]
