"""What matching compares follows each person: names folded and glued, sounds, keys.

The database writes it, so that no way of writing a person forgets it. The same functions read what
a file or the front door says.

`people_sound` is Double Metaphone (Lawrence Philips, 2000), after the spellings that French sounds
alike: « eau », « th », « ph », « y », and the last letters that nobody says.

`people_keys` are hashes of what two writings of one person share although something else differs:
how a name sounds with the day of birth, both names without it, how both sound with the year, the
commune with the day. A day counts from 1800, so that it is never taken for a year.

`people_number` is how many persons a territory knows, as the planner estimates it: the statistics of
a protected table are hidden from the application.
"""

from django.conf import settings
from django.db import migrations

from jalons.kernel.row_security import ProtectRows

PARTICLES = "d|da|de|del|des|di|do|dos|du|el|la|las|le|les|lo|los|van|von|y"

NAMES = rf"""
CREATE FUNCTION people_signs(lowered text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN lowered ~ '[^a-z0-9]' THEN
        trim(regexp_replace(lowered, '[^a-z0-9\u00c0-\u1fff\u2c00-\uffff]+', ' ', 'g'))
    ELSE lowered END
$$;
CREATE FUNCTION people_folded(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT people_signs(lower(public.unaccent('public.unaccent'::regdictionary, name)))
$$;
CREATE FUNCTION people_glued(folded text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN position(' ' in folded) = 0 THEN folded ELSE replace(coalesce(
        nullif(trim(regexp_replace(' ' || folded || ' ', ' (?:(?:{PARTICLES}) )+', ' ', 'g')), ''),
        folded), ' ', '') END
$$;
CREATE FUNCTION people_sound(word text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN word = '' THEN '' ELSE coalesce(nullif(public.dmetaphone(rtrim(
        replace(replace(replace(replace(replace(replace(
            word, 'ault', 'o'), 'eau', 'o'), 'au', 'o'), 'th', 't'), 'ph', 'f'), 'y', 'i'),
        'tdsxzep')), ''), word) END
$$;
CREATE FUNCTION people_other(family text, birth text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN birth <> '' THEN people_glued(birth)
        WHEN position(' ' in family) > 0 AND people_glued(family) <> replace(family, ' ', '')
            THEN replace(family, ' ', '')
        ELSE '' END
$$;
"""

KEYS = """
CREATE FUNCTION people_pair_key(one text, other text, seed bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hashtextextended(least(one, other) || ' ' || greatest(one, other), seed)
$$;
CREATE FUNCTION people_day(born date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT born - date '1800-01-01'
$$;
CREATE FUNCTION people_year(born date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(extract(year FROM born)::integer, 1)
$$;
CREATE FUNCTION people_keys(
    family text, other text, given text, first text,
    family_sound text, other_sound text, given_sound text, first_sound text,
    day integer, year integer
) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ARRAY[
        hashtextextended(family_sound, day),
        CASE WHEN other_sound NOT IN ('', family_sound)
            THEN hashtextextended(other_sound, day) END,
        hashtextextended(given_sound, day),
        CASE WHEN first_sound <> given_sound THEN hashtextextended(first_sound, day) END,
        people_pair_key(family, given, 0),
        CASE WHEN other NOT IN ('', family) THEN people_pair_key(other, given, 0) END,
        CASE WHEN first <> given THEN people_pair_key(family, first, 0) END,
        people_pair_key(family_sound, given_sound, year),
        CASE WHEN other_sound NOT IN ('', family_sound)
            THEN people_pair_key(other_sound, given_sound, year) END,
        CASE WHEN first_sound <> given_sound
            THEN people_pair_key(family_sound, first_sound, year) END
    ]
$$;
"""

COLUMNS = """family, other, given, first, family_sound, other_sound, given_sound, first_sound"""

TRACE = f"""
CREATE FUNCTION people_trace(persons uuid[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_temp AS $$
    DELETE FROM people_personkey AS known USING (
        SELECT territory_id, person_id, unnest(
            people_keys({COLUMNS}, people_day(born), people_year(born))
            || hashtextextended(commune, people_day(born))
        ) AS key FROM people_persontraits WHERE person_id = ANY(persons)
    ) AS former WHERE known.territory_id = former.territory_id
        AND known.key = former.key AND known.person_id = former.person_id;
    DELETE FROM people_persontraits WHERE person_id = ANY(persons);
    INSERT INTO people_persontraits (person_id, territory_id, {COLUMNS}, born, commune, open)
    SELECT id, territory_id, family, other, given, first, people_sound(family), people_sound(other),
        people_sound(given), people_sound(first), birth_date, commune, open
    FROM (
        SELECT id, territory_id, people_glued(family) AS family,
            people_other(family, birth) AS other,
            people_glued(given) AS given, split_part(given, ' ', 1) AS first, birth_date,
            commune, open
        FROM (
            SELECT id, territory_id, people_folded(family_name) AS family,
                people_folded(birth_name) AS birth, people_folded(given_name) AS given, birth_date,
                CASE WHEN hidden_address THEN '' ELSE commune END AS commune,
                NOT protected AND archived_at IS NULL AND merged_into_id IS NULL AS open
            FROM people_person WHERE id = ANY(persons) OFFSET 0
        ) AS folded OFFSET 0
    ) AS glued;
    INSERT INTO people_personkey (territory_id, key, person_id)
    SELECT DISTINCT territory_id, key, person_id FROM (
        SELECT territory_id, person_id, unnest(
            people_keys({COLUMNS}, people_day(born), people_year(born))
            || CASE WHEN commune <> '' THEN hashtextextended(commune, people_day(born)) END
        ) AS key FROM people_persontraits WHERE person_id = ANY(persons)
    ) AS found WHERE key IS NOT NULL;
$$;
"""

TRIGGERS = """
CREATE FUNCTION people_trace_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_trace(ARRAY(SELECT id FROM written));
    RETURN NULL;
END
$$;
CREATE FUNCTION people_trace_updated() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed uuid[];
BEGIN
    changed := ARRAY(
        SELECT written.id FROM written JOIN former USING (id)
        WHERE (written.family_name, written.birth_name, written.given_name, written.birth_date,
            written.commune, written.hidden_address, written.protected,
            written.archived_at IS NULL, written.merged_into_id, written.territory_id)
        IS DISTINCT FROM (former.family_name, former.birth_name, former.given_name,
            former.birth_date, former.commune, former.hidden_address, former.protected,
            former.archived_at IS NULL, former.merged_into_id, former.territory_id)
    );
    IF cardinality(changed) > 0 THEN
        PERFORM people_trace(changed);
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION people_trace_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_trace(ARRAY(SELECT id FROM former));
    RETURN NULL;
END
$$;
CREATE TRIGGER trace_inserted AFTER INSERT ON people_person
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_trace_inserted();
CREATE TRIGGER trace_updated AFTER UPDATE ON people_person
    REFERENCING NEW TABLE AS written OLD TABLE AS former
    FOR EACH STATEMENT EXECUTE FUNCTION people_trace_updated();
CREATE TRIGGER trace_deleted AFTER DELETE ON people_person
    REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION people_trace_deleted();
"""

NUMBER = """
CREATE FUNCTION people_number(territory integer) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT (share * reltuples)::bigint FROM pg_class, pg_stats,
        unnest(most_common_vals::text::text[], most_common_freqs) AS common (value, share)
    WHERE oid = 'people_persontraits'::regclass AND tablename = 'people_persontraits'
        AND attname = 'territory_id' AND value = territory::text
$$;
"""

GRANTS = [
    "REVOKE EXECUTE ON FUNCTION people_number(integer) FROM PUBLIC",
    *(
        f'GRANT EXECUTE ON FUNCTION people_number(integer) TO "{role}"'
        for role in (settings.APPLICATION_ROLE, settings.WHOLE_ROLE)
    ),
]

BACK = """
DROP FUNCTION people_number(integer);
DROP TRIGGER trace_inserted ON people_person;
DROP TRIGGER trace_updated ON people_person;
DROP TRIGGER trace_deleted ON people_person;
DROP FUNCTION people_trace_inserted();
DROP FUNCTION people_trace_updated();
DROP FUNCTION people_trace_deleted();
DROP FUNCTION people_trace(uuid[]);
DROP FUNCTION people_keys(text, text, text, text, text, text, text, text, integer, integer);
DROP FUNCTION people_year(date);
DROP FUNCTION people_day(date);
DROP FUNCTION people_pair_key(text, text, bigint);
DROP FUNCTION people_sound(text);
DROP FUNCTION people_other(text, text);
DROP FUNCTION people_glued(text);
DROP FUNCTION people_folded(text);
DROP FUNCTION people_signs(text);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0035_person_traits")]

    operations = [
        ProtectRows("people_persontraits"),
        ProtectRows("people_personkey"),
        migrations.RunSQL([NAMES, KEYS, TRACE, TRIGGERS, NUMBER], BACK),
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
    ]
