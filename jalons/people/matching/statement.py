"""The comparison, step by step: each reads those before it.

`raw` holds the rows as the file writes them, `raw_number` the keyed hashes of their numbers. Of a
row alone the steps are one query; of a file each is a temporary table, which the planner then
knows.
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
    MISSING,
    NEAR,
    NEAR_STREET,
    NEW_YEAR,
    NO_DAY,
    NO_PHONE,
    NO_STREET,
    NONE,
    NUMBERS,
    ONE_DIGIT,
    OTHER_DAY,
    OTHER_STREET,
    SAME_DAY,
    SAME_STREET,
    SAME_YEAR,
    STREET_LEFT,
    STREET_MOST,
    STREET_NEAR_WORD,
    STREET_WORD,
    SWAPPED,
)

KEPT = -6.0
"""Bits under which a candidate is nobody."""


def _near(one: str, other: str) -> str:
    """How close two names are, `one` and `other` being columns without their table's suffixes."""
    return f"""CASE WHEN {one} = '' OR {other} = '' THEN {MISSING} WHEN {one} = {other} THEN {EXACT}
        WHEN levenshtein_less_equal({one}, {other}, 1) = 1 THEN {NEAR}
        WHEN levenshtein_less_equal({one}, {other}, 2) = 2 AND length({one}) > 4 THEN
            CASE WHEN {one}_sound = {other}_sound THEN {NEAR} ELSE {FAR} END
        WHEN {one}_sound = {other}_sound AND length({one}_sound) > 2 THEN {FAR}
        WHEN least(length({one}), length({other})) > 3
            AND (strpos({one}, {other}) > 0 OR strpos({other}, {one}) > 0) THEN {FAR}
        ELSE {NONE} END"""


def _bits(level: str, rarity: str, bits: dict[int, float], most: dict[int, float]) -> str:
    cases = [f"WHEN {EXACT} THEN {bits[EXACT]} + {rarity}"]
    cases += [
        f"WHEN {each} THEN least({most[each]}, {bits[each]} + {rarity})"
        for each in (NEAR, FAR)
        if each in most
    ]
    cases += [f"WHEN {MISSING} THEN 0"] if NONE in bits else []
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


def _words(one: str, other: str) -> str:
    """How many words two addresses share."""
    shared = f"(SELECT count(*) FROM unnest({one}) AS word WHERE word = ANY({other}))"
    return f"CASE WHEN {one} && {other} THEN {shared} ELSE 0 END"


def _street(one: str, other: str) -> str:
    shorter = f"least(cardinality({one}), cardinality({other}))"
    return f"""CASE WHEN {shorter} = 0 THEN {NO_STREET} WHEN words = 0 THEN {OTHER_STREET}
        WHEN 2 * words > {shorter} THEN {SAME_STREET} ELSE {NEAR_STREET} END"""


_DAY_BITS = " ".join(f"WHEN {level} THEN {bits}" for level, bits in DAY.items())
_NUMBER_BITS = " + ".join(
    f"CASE WHEN '{kind}' = ANY(shared) THEN {bits} ELSE 0 END" for kind, bits in NUMBERS.items()
)


def compared(found: str) -> str:
    """The step that compares the pairs of `found`."""
    return f"""
    SELECT number, found.person_id, shared, a.family AS said, k.family AS known,
        a.given AS said_given,
        k.given AS known_given,
        k.commune <> '' AND k.commune = ANY(communes) AS place,
        CASE WHEN k.commune = '' OR communes = '{{}}' THEN 0
            WHEN k.commune = ANY(communes) THEN stayed ELSE moved END AS place_bits,
        greatest({_near("a.family", "k.family")},
            CASE WHEN a.other <> '' THEN {_near("a.other", "k.family")} END,
            CASE WHEN k.other <> '' THEN {_near("a.family", "k.other")} END,
            CASE WHEN a.other <> '' AND k.other <> '' THEN {_near("a.other", "k.other")} END
        ) AS family_level,
        CASE WHEN a.first = k.first THEN {EXACT} ELSE {_near("a.given", "k.given")} END
            AS given_level,
        CASE WHEN a.family_sound = k.given_sound OR a.given_sound = k.family_sound THEN
            least({_near("a.family", "k.given")}, {_near("a.given", "k.family")})
        ELSE {NONE} END AS crossed,
        {_day("a.born", "k.born")} AS day, words, {_street("a.street", "k.street")} AS street
    FROM (SELECT * FROM {found} ORDER BY person_id) AS found JOIN arriving AS a USING (number),
        LATERAL (
            SELECT * FROM people_persontraits WHERE person_id = found.person_id OFFSET 0
        ) AS k,
        LATERAL (SELECT {_words("a.street", "k.street")} AS words OFFSET 0) AS shared_words
    WHERE k.open AND k.territory_id = %(territory)s
    """


READ = {
    "arriving": """
    SELECT number, family, other, given, first, people_sound(family) AS family_sound,
        people_sound(other) AS other_sound, people_sound(given) AS given_sound,
        people_sound(first) AS first_sound, born, street, communes, stayed, moved
    FROM (
        SELECT number, people_glued(family) AS family, people_other(family, birth) AS other,
            people_glued(given) AS given, split_part(given, ' ', 1) AS first, born, street,
            communes, stayed, moved
        FROM (
            SELECT number, people_folded(family) AS family, people_folded(birth) AS birth,
                people_folded(given) AS given, born, street, communes, stayed, moved
            FROM raw OFFSET 0
        ) AS folded OFFSET 0
    ) AS glued
    """,
    "shared_number": """
    SELECT kind, digest FROM raw_number JOIN arriving USING (number)
    WHERE (kind, digest) IN (SELECT kind, digest FROM raw_number GROUP BY 1, 2 HAVING count(*) > 1)
    GROUP BY kind, digest HAVING count(DISTINCT family || ' ' || first) > 1
    """,
    "used_number": """
    SELECT * FROM raw_number
    WHERE NOT EXISTS (SELECT FROM shared_number WHERE shared_number.digest = raw_number.digest)
    ORDER BY digest
    """,
}
"""What the rows say, and the numbers of theirs that may be used."""

KEYS = """people_keys(family, other, given, first, family_sound, other_sound, given_sound,
    first_sound, people_day(born), people_year(born))"""
_WHO = """LATERAL (
    SELECT person_id FROM people_personkey
    WHERE territory_id = %(territory)s AND people_personkey.key = asked.key OFFSET 0
) AS who"""
"""A key at a time: there are always many more persons than rows."""
BY_DAY = f"""
SELECT number, person_id, array_remove(array_agg(DISTINCT kind), '') AS shared FROM (
    SELECT number, person_id, '' AS kind FROM (
        SELECT number, unnest(({KEYS})[1:4]) AS key FROM arriving ORDER BY key
    ) AS asked, {_WHO} WHERE key IS NOT NULL
    UNION ALL
    SELECT number, person_id, used_number.kind FROM used_number, LATERAL (
        SELECT person_id FROM people_identifier WHERE territory_id = %(territory)s
            AND people_identifier.kind = used_number.kind
            AND people_identifier.digest = used_number.digest
            AND (used_number.kind <> 'si' OR source_id = %(source)s) OFFSET 0
    ) AS known WHERE used_number.kind NOT IN ('mobile', 'landline', 'email')
    UNION ALL
    SELECT number, person_id, used_number.kind FROM used_number, LATERAL (
        SELECT person_id FROM people_contact WHERE territory_id = %(territory)s
            AND people_contact.digest = used_number.digest
            AND level = 'identity' AND ends_on IS NULL OFFSET 0
    ) AS known WHERE used_number.kind IN ('mobile', 'landline', 'email')
) AS met GROUP BY number, person_id
"""
"""Who has a name that sounds like the row's and its day of birth, or one of its numbers."""

ASKING = f"""
SELECT * FROM arriving WHERE NOT EXISTS (
    SELECT FROM nearer WHERE nearer.number = arriving.number AND day = {SAME_DAY}
        AND family_level >= {NEAR} AND given_level >= {NEAR}
)
"""
"""The rows that found nobody of both names and that day."""

BY_THE_REST = f"""
SELECT DISTINCT number, person_id, '{{}}'::text[] AS shared FROM (
    SELECT number, unnest(({KEYS})[5:10]) AS key FROM asking
    UNION ALL
    SELECT number, hashtextextended(unnest(
        CASE WHEN communes <@ '{{-}}' THEN '{{""}}' ELSE communes END
    ), people_day(born)) FROM asking
    UNION ALL
    SELECT number, unnest(people_street_keys(family_sound, given_sound, street)) FROM asking
    ORDER BY key
) AS asked, {_WHO} WHERE key IS NOT NULL AND NOT EXISTS (
    SELECT FROM near WHERE near.number = asked.number AND near.person_id = who.person_id)
"""
"""Who has something else in common: both names, the commune and the day, a name and the address."""

JUDGED = {
    "families": """
    SELECT family, ln(%(persons)s / (count(*) + 1.0)::float8) / ln(2) AS rarity
    FROM people_persontraits WHERE territory_id = %(territory)s
        AND family IN (SELECT known FROM compared UNION SELECT said FROM compared)
    GROUP BY family
    """,
    "givens": """
    SELECT given, ln(%(persons)s / (count(*) + 1.0)::float8) / ln(2) AS rarity
    FROM people_persontraits WHERE territory_id = %(territory)s
        AND given IN (SELECT known_given FROM compared UNION SELECT said_given FROM compared)
    GROUP BY given
    """,
    "rated": """
    SELECT compared.*,
        least(coalesce(f.rarity, %(rarest)s), coalesce(g.rarity, %(rarest)s)) AS rarity,
        least(coalesce(fg.rarity, %(rarest)s), coalesce(gg.rarity, %(rarest)s)) AS given_rarity
    FROM compared
        LEFT JOIN families AS f ON f.family = said LEFT JOIN families AS g ON g.family = known
        LEFT JOIN givens AS fg ON fg.given = said_given
        LEFT JOIN givens AS gg ON gg.given = known_given
    """,
    "scored": f"""
    SELECT *, %(prior)s + place_bits
        + CASE street WHEN {SAME_STREET} THEN least({STREET_MOST}, words * {STREET_WORD})
            WHEN {NEAR_STREET} THEN words * {STREET_NEAR_WORD}
            WHEN {OTHER_STREET} THEN CASE WHEN place THEN {STREET_LEFT} ELSE 0 END ELSE 0 END
        + greatest(
            {_bits("family_level", "rarity", FAMILY, FAMILY_MOST)}
                + {_bits("given_level", "given_rarity", GIVEN, GIVEN_MOST)},
            {_bits("crossed", "rarity", CROSSED, CROSSED_MOST)}
        )
        + CASE day {_DAY_BITS} END
        + {_NUMBER_BITS}
        + CASE WHEN shared && '{{mobile,landline}}' THEN 0 ELSE {NO_PHONE} END AS score
    FROM rated
    """,
    "ranked": f"""
    SELECT *, row_number() OVER (PARTITION BY number ORDER BY score DESC, person_id) AS rank
    FROM scored
    WHERE score >= {KEPT} OR street = {SAME_STREET} OR shared && '{{nir,ft,si}}'
    """,
    "differing": """
    SELECT number, array_agg(DISTINCT used_number.kind) AS kinds
    FROM ranked JOIN used_number USING (number) JOIN people_identifier AS known
        ON known.person_id = ranked.person_id AND known.kind = used_number.kind
    WHERE rank = 1 AND known.territory_id = %(territory)s
        AND used_number.kind IN ('nir', 'si') AND NOT used_number.kind = ANY(shared)
        AND (used_number.kind <> 'si' OR source_id = %(source)s)
    GROUP BY number
    """,
}
"""How much what is `compared` is worth."""

OF_FEW = READ | {
    "near": BY_DAY,
    "asking": "SELECT * FROM arriving",
    "far": BY_THE_REST,
    "found": "SELECT * FROM near UNION ALL SELECT * FROM far",
    "compared": compared("found"),
}
OF_MANY = READ | {
    "near": BY_DAY,
    "nearer": compared("near"),
    "asking": ASKING,
    "far": BY_THE_REST,
    "further": compared("far"),
}
"""Of a file each is a table: the planner then knows how many rows it has."""
BOTH = "compared AS (SELECT * FROM nearer UNION ALL SELECT * FROM further)"
"""What a file’s two rounds found."""

ANSWER = """
SELECT number, rank, person_id, score, family_level, given_level, crossed, day, place, street,
    array_to_string(shared, ',') AS shared,
    CASE WHEN rank = 1 THEN array_to_string(kinds, ',') END AS differing
FROM ranked LEFT JOIN differing USING (number) WHERE rank <= 5 OR shared && '{nir,ft,si}'
UNION ALL
SELECT number, 0, NULL, 0, 0, 0, 0, 0, false, 0, string_agg(kind, ','), NULL
FROM raw_number JOIN shared_number USING (kind, digest) GROUP BY number
ORDER BY number, rank
"""
"""A line a candidate, the likeliest first; before them, one of the numbers that were not used."""

HOMES = """
SELECT coalesce(sum(persons), 0), coalesce(sum(persons) FILTER (WHERE persons > 1), 0) FROM (
    SELECT count(*) AS persons FROM people_persontraits
    WHERE territory_id = %(territory)s AND street <> '{}' GROUP BY street
) AS homes
"""
"""How many known persons have an address, and how many share theirs with another."""
