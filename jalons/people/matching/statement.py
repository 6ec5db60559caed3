"""The comparison as one statement: candidates by keys and numbers, then their scores.

It reads `raw` (the rows, as the file writes them) and `raw_number` (keyed hashes of their numbers),
which are two temporary tables or, for a row alone, two short lists.
"""

from .weights import (
    CROSSED,
    CROSSED_MOST,
    DAY,
    EXACT,
    FAMILY,
    FAMILY_MOST,
    FAR,
    GIVEN,
    GIVEN_MOST,
    NEAR,
    NEW_YEAR,
    NO_DAY,
    NO_PHONE,
    NONE,
    NUMBERS,
    ONE_DIGIT,
    OTHER_DAY,
    SAME_DAY,
    SAME_YEAR,
    SWAPPED,
)

KEPT = -6.0
"""Bits under which a candidate is nobody."""


def _near(one: str, other: str) -> str:
    """How close two names are, `one` and `other` being columns without their table's suffixes."""
    return f"""CASE WHEN {one} = '' OR {other} = '' THEN {NONE} WHEN {one} = {other} THEN {EXACT}
        WHEN levenshtein_less_equal({one}, {other}, 1) = 1 THEN {NEAR}
        WHEN levenshtein_less_equal({one}, {other}, 2) = 2 AND length({one}) > 4 THEN
            CASE WHEN {one}_sound = {other}_sound THEN {NEAR} ELSE {FAR} END
        WHEN {one}_sound = {other}_sound AND length({one}_sound) > 2 THEN {FAR}
        ELSE {NONE} END"""


def _bits(level: str, rarity: str, bits: dict[int, float], most: dict[int, float]) -> str:
    cases = [f"WHEN {EXACT} THEN {bits[EXACT]} + {rarity}"]
    cases += [
        f"WHEN {each} THEN least({most[each]}, {bits[each]} + {rarity})"
        for each in (NEAR, FAR)
        if each in most
    ]
    return f"CASE {level} {' '.join(cases)} ELSE {bits.get(NONE, -99)} END"


def _day(one: str, other: str) -> str:
    return f"""CASE WHEN {one} = {other} THEN {SAME_DAY}
        WHEN {one} IS NULL OR {other} IS NULL THEN {NO_DAY}
        WHEN extract(year FROM {one}) = extract(year FROM {other}) THEN CASE
            WHEN extract(day FROM {one}) = extract(month FROM {other})
                AND extract(month FROM {one}) = extract(day FROM {other}) THEN {SWAPPED}
            WHEN extract(doy FROM {one}) = 1 OR extract(doy FROM {other}) = 1 THEN {NEW_YEAR}
            WHEN levenshtein_less_equal({one}::text, {other}::text, 1) = 1 THEN {ONE_DIGIT}
            ELSE {SAME_YEAR} END
        WHEN levenshtein_less_equal({one}::text, {other}::text, 1) = 1 THEN {ONE_DIGIT}
        ELSE {OTHER_DAY} END"""


_DAY_BITS = " ".join(f"WHEN {level} THEN {bits}" for level, bits in DAY.items())
_NUMBER_BITS = " + ".join(
    f"CASE WHEN '{kind}' = ANY(shared) THEN {bits} ELSE 0 END" for kind, bits in NUMBERS.items()
)

COMPARE = f"""
arriving AS MATERIALIZED (
    SELECT number, family, birth, given, first, people_sound(family) AS family_sound,
        people_sound(birth) AS birth_sound, people_sound(given) AS given_sound,
        people_sound(first) AS first_sound, born, communes, stayed, moved
    FROM (
        SELECT number, people_glued(family) AS family, people_glued(birth) AS birth,
            people_glued(given) AS given, split_part(given, ' ', 1) AS first, born, communes,
            stayed, moved
        FROM (
            SELECT number, people_folded(family) AS family, people_folded(birth) AS birth,
                people_folded(given) AS given, born, communes, stayed, moved
            FROM raw OFFSET 0
        ) AS folded OFFSET 0
    ) AS glued
), shared_number AS MATERIALIZED (
    SELECT kind, digest FROM raw_number JOIN arriving USING (number)
    WHERE (kind, digest) IN (SELECT kind, digest FROM raw_number GROUP BY 1, 2 HAVING count(*) > 1)
    GROUP BY kind, digest HAVING count(DISTINCT family || ' ' || first) > 1
), used_number AS MATERIALIZED (
    SELECT * FROM raw_number
    WHERE NOT EXISTS (SELECT FROM shared_number WHERE shared_number.digest = raw_number.digest)
), found AS (
    SELECT number, person_id, array_remove(array_agg(DISTINCT kind), '') AS shared FROM (
        SELECT number, person_id, '' AS kind FROM (
            SELECT number, unnest(people_keys(family, birth, given, first, family_sound,
                birth_sound, given_sound, first_sound, people_day(born), people_year(born))) AS key
            FROM arriving
            UNION ALL
            SELECT number, hashtextextended(unnest(communes), people_day(born)) FROM arriving
        ) AS asked JOIN people_personkey USING (key) WHERE territory_id = %(territory)s
        UNION ALL
        SELECT number, person_id, used_number.kind FROM used_number JOIN people_identifier
            ON people_identifier.kind = used_number.kind
            AND people_identifier.digest = used_number.digest
        WHERE territory_id = %(territory)s
            AND (used_number.kind <> 'si' OR source_id = %(source)s)
        UNION ALL
        SELECT number, person_id, used_number.kind FROM used_number JOIN people_contact
            ON people_contact.digest = used_number.digest
        WHERE territory_id = %(territory)s AND used_number.kind IN ('mobile', 'landline', 'email')
            AND level = 'identity' AND ends_on IS NULL
    ) AS met GROUP BY number, person_id
), compared AS MATERIALIZED (
    SELECT number, person_id, shared, a.family AS said, k.family AS known, a.given AS said_given,
        k.given AS known_given,
        k.commune <> '' AND k.commune = ANY(communes) AS place,
        CASE WHEN k.commune = '' OR communes = '{{}}' THEN 0
            WHEN k.commune = ANY(communes) THEN stayed ELSE moved END AS place_bits,
        greatest({_near("a.family", "k.family")},
            CASE WHEN a.birth <> '' THEN {_near("a.birth", "k.family")} END,
            CASE WHEN k.birth <> '' THEN {_near("a.family", "k.birth")} END,
            CASE WHEN a.birth <> '' AND k.birth <> '' THEN {_near("a.birth", "k.birth")} END
        ) AS family_level,
        CASE WHEN a.first = k.first THEN {EXACT} ELSE {_near("a.given", "k.given")} END
            AS given_level,
        CASE WHEN a.family_sound = k.given_sound OR a.given_sound = k.family_sound THEN
            least({_near("a.family", "k.given")}, {_near("a.given", "k.family")})
        ELSE {NONE} END AS crossed,
        {_day("a.born", "k.born")} AS day
    FROM found JOIN arriving AS a USING (number) JOIN people_persontraits AS k USING (person_id)
    WHERE k.open AND k.territory_id = %(territory)s
), families AS MATERIALIZED (
    SELECT family, ln(%(persons)s / (count(*) + 1.0)::float8) / ln(2) AS rarity
    FROM people_persontraits WHERE territory_id = %(territory)s
        AND family IN (SELECT known FROM compared UNION SELECT said FROM compared)
    GROUP BY family
), givens AS MATERIALIZED (
    SELECT given, ln(%(persons)s / (count(*) + 1.0)::float8) / ln(2) AS rarity
    FROM people_persontraits WHERE territory_id = %(territory)s
        AND given IN (SELECT known_given FROM compared UNION SELECT said_given FROM compared)
    GROUP BY given
), rated AS (
    SELECT compared.*,
        least(coalesce(f.rarity, %(rarest)s), coalesce(g.rarity, %(rarest)s)) AS rarity,
        least(coalesce(fg.rarity, %(rarest)s), coalesce(gg.rarity, %(rarest)s)) AS given_rarity
    FROM compared
        LEFT JOIN families AS f ON f.family = said LEFT JOIN families AS g ON g.family = known
        LEFT JOIN givens AS fg ON fg.given = said_given
        LEFT JOIN givens AS gg ON gg.given = known_given
), scored AS (
    SELECT *, %(prior)s + place_bits
        + greatest(
            {_bits("family_level", "rarity", FAMILY, FAMILY_MOST)}
                + {_bits("given_level", "given_rarity", GIVEN, GIVEN_MOST)},
            {_bits("crossed", "rarity", CROSSED, CROSSED_MOST)}
        )
        + CASE day {_DAY_BITS} END
        + {_NUMBER_BITS}
        + CASE WHEN shared && '{{mobile,landline}}' THEN 0 ELSE {NO_PHONE} END AS score
    FROM rated
), ranked AS (
    SELECT *, row_number() OVER (PARTITION BY number ORDER BY score DESC, person_id) AS rank
    FROM scored WHERE score >= {KEPT} OR shared && '{{nir,ft,si}}'
)
"""

ANSWER = """
SELECT number, rank, person_id, score, family_level, given_level, crossed, day, place, shared,
    CASE WHEN rank = 1 THEN ARRAY(
        SELECT DISTINCT used_number.kind FROM used_number JOIN people_identifier
            ON people_identifier.kind = used_number.kind
        WHERE used_number.number = ranked.number AND used_number.kind IN ('nir', 'ft', 'si')
            AND people_identifier.person_id = ranked.person_id
            AND (used_number.kind <> 'si' OR source_id = %(source)s)
            AND NOT used_number.kind = ANY(shared)
    ) ELSE '{}' END AS differing
FROM ranked WHERE rank <= 5 OR shared && '{nir,ft,si}'
UNION ALL
SELECT number, 0, NULL, 0, 0, 0, 0, 0, false, array_agg(kind), '{}'
FROM raw_number JOIN shared_number USING (kind, digest) GROUP BY number
ORDER BY number, rank
"""
"""A line a candidate, the likeliest first; before them, one of the numbers that were not used."""
