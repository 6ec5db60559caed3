"""The street follows each person into their traits, as the contacts that are read by all say it."""

from django.db import migrations

COLUMNS = """family, other, given, first, family_sound, other_sound, given_sound, first_sound"""

STREET = """
CREATE FUNCTION people_street(person uuid) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT street FROM people_contact WHERE person_id = person AND kind = 'address'
            AND level = 'identity' AND ends_on IS NULL ORDER BY starts_on DESC, id DESC LIMIT 1
    ), '{}')
$$;
CREATE FUNCTION people_street_keys(family_sound text, given_sound text, street bigint[])
RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        hashtextextended(family_sound, street[1]), hashtextextended(given_sound, street[1]),
        hashtextextended(family_sound, street[2]), hashtextextended(given_sound, street[2])
    ]
$$;
"""

WATCHED = """
CREATE FUNCTION people_trace_streets(changed uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    moved uuid[];
BEGIN
    moved := ARRAY(
        SELECT person_id FROM people_persontraits JOIN people_person ON id = person_id
        WHERE person_id = ANY(changed)
            AND street <> CASE WHEN hidden_address THEN '{}' ELSE people_street(person_id) END
    );
    IF cardinality(moved) > 0 THEN
        PERFORM people_trace(moved);
    END IF;
END
$$;
CREATE FUNCTION people_trace_contacts_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_trace_streets(ARRAY(SELECT person_id FROM written WHERE kind = 'address'));
    RETURN NULL;
END
$$;
CREATE FUNCTION people_trace_contacts_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_trace_streets(ARRAY(
        SELECT person_id FROM written WHERE kind = 'address'
        UNION SELECT person_id FROM former WHERE kind = 'address'
    ));
    RETURN NULL;
END
$$;
CREATE FUNCTION people_trace_contacts_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_trace_streets(ARRAY(SELECT person_id FROM former WHERE kind = 'address'));
    RETURN NULL;
END
$$;
CREATE TRIGGER trace_inserted AFTER INSERT ON people_contact REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION people_trace_contacts_inserted();
CREATE TRIGGER trace_updated AFTER UPDATE ON people_contact
    REFERENCING NEW TABLE AS written OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION people_trace_contacts_updated();
CREATE TRIGGER trace_deleted AFTER DELETE ON people_contact REFERENCING OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION people_trace_contacts_deleted();
"""


def trace(*, streets: bool) -> str:
    """The function that writes the traits and the keys of persons."""
    column, value, keys, commune = "", "", "", "CASE WHEN commune <> '' THEN {} END"
    if streets:
        column, commune = ", street", "{}"
        value = ", CASE WHEN hidden_address THEN '{}' ELSE people_street(id) END"
        keys = "|| people_street_keys(family_sound, given_sound, street)"
    by_commune = commune.format("hashtextextended(commune, people_day(born))")
    return f"""
CREATE OR REPLACE FUNCTION people_trace(persons uuid[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    DELETE FROM people_personkey AS known USING (
        SELECT territory_id, person_id, unnest(
            people_keys({COLUMNS}, people_day(born), people_year(born))
            || hashtextextended(commune, people_day(born)) {keys}
        ) AS key FROM people_persontraits WHERE person_id = ANY(persons)
    ) AS former WHERE known.territory_id = former.territory_id
        AND known.key = former.key AND known.person_id = former.person_id;
    DELETE FROM people_persontraits WHERE person_id = ANY(persons);
    INSERT INTO people_persontraits
        (person_id, territory_id, {COLUMNS}, born, commune, open{column})
    SELECT id, territory_id, family, other, given, first, people_sound(family), people_sound(other),
        people_sound(given), people_sound(first), birth_date, commune, open{value}
    FROM (
        SELECT id, territory_id, people_glued(family) AS family,
            people_other(family, birth) AS other,
            people_glued(given) AS given, split_part(given, ' ', 1) AS first, birth_date,
            commune, open, hidden_address
        FROM (
            SELECT id, territory_id, people_folded(family_name) AS family,
                people_folded(birth_name) AS birth, people_folded(given_name) AS given, birth_date,
                CASE WHEN hidden_address THEN '' ELSE commune END AS commune, hidden_address,
                NOT protected AND archived_at IS NULL AND merged_into_id IS NULL AS open
            FROM people_person WHERE id = ANY(persons) OFFSET 0
        ) AS folded OFFSET 0
    ) AS glued;
    INSERT INTO people_personkey (territory_id, key, person_id)
    SELECT DISTINCT territory_id, key, person_id FROM (
        SELECT territory_id, person_id, unnest(
            people_keys({COLUMNS}, people_day(born), people_year(born))
            || {by_commune} {keys}
        ) AS key FROM people_persontraits WHERE person_id = ANY(persons)
    ) AS found WHERE key IS NOT NULL;
$$;
"""


BACK = """
DROP TRIGGER trace_inserted ON people_contact;
DROP TRIGGER trace_updated ON people_contact;
DROP TRIGGER trace_deleted ON people_contact;
DROP FUNCTION people_trace_contacts_inserted();
DROP FUNCTION people_trace_contacts_updated();
DROP FUNCTION people_trace_contacts_deleted();
DROP FUNCTION people_trace_streets(uuid[]);
"""
GONE = """
DROP FUNCTION people_street_keys(text, text, bigint[]);
DROP FUNCTION people_street(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0038_streets")]

    operations = [
        migrations.RunSQL(
            STREET + trace(streets=True) + WATCHED, BACK + trace(streets=False) + GONE
        )
    ]
