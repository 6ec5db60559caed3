"""The seals follow the référent of the day, and every sealed domain of the person.

The former function took the domains from the readers themselves: when the référent was the only
reader of a domain, ending their follow-up lost it for the next one.
"""

from django.conf import settings
from django.db import migrations

FUNCTION = """
DROP FUNCTION people_refresh_sealed_readers(uuid);
CREATE FUNCTION people_refresh_sealed_readers(of_person uuid, of_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    referent uuid;
    place smallint;
BEGIN
    SELECT territory_id INTO place FROM people_person
    WHERE id = of_person AND territory_id::int = ANY(
        string_to_array(nullif(current_setting('jalons.territories', true), ''), ',')::int[]
    );
    IF place IS NULL THEN
        RETURN;
    END IF;
    SELECT account_id INTO referent FROM people_followup
    WHERE person_id = of_person AND role = 'referent'
      AND starts_on <= of_day AND (ends_on IS NULL OR ends_on > of_day);
    IF referent IS NOT NULL THEN
        INSERT INTO people_sealedreader
            (id, recorded_at, territory_id, person_id, domain, account_id, reason)
        SELECT gen_random_uuid(), now(), place, of_person, sealed.domain, referent, 'referent'
        FROM (
            SELECT domain FROM people_status WHERE person_id = of_person AND level = 'sealed'
            UNION SELECT domain FROM people_sealedreader WHERE person_id = of_person
        ) sealed
        ON CONFLICT (person_id, domain, account_id, reason) DO NOTHING;
    END IF;
    DELETE FROM people_sealedreader
    WHERE person_id = of_person AND reason = 'referent' AND account_id IS DISTINCT FROM referent;
END
$$;
"""

GRANTS = [
    "REVOKE EXECUTE ON FUNCTION people_refresh_sealed_readers(uuid, date) FROM PUBLIC",
    *(
        f'GRANT EXECUTE ON FUNCTION people_refresh_sealed_readers(uuid, date) TO "{role}"'
        for role in (settings.APPLICATION_ROLE, settings.WHOLE_ROLE)
    ),
]


class Migration(migrations.Migration):
    dependencies = [("people", "0003_indexes")]

    operations = [
        migrations.RunSQL(
            FUNCTION,
            "DROP FUNCTION people_refresh_sealed_readers(uuid, date);"
            "CREATE FUNCTION people_refresh_sealed_readers(of_person uuid) RETURNS void"
            " LANGUAGE sql AS ''",
        ),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
