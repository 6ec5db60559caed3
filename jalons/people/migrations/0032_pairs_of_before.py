"""The pairs that the comparison found and the protected persons met become one queue.

A protected person and the file that may be theirs come first: the comparison may have found the
same two, and their référent alone must read them. « Same person » was said without a merge: such a
pair waits again, for its référent to make the two files one.
"""

from django.db import migrations

SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""The same facts in another table: nothing happened to the persons, no event tells it."""
FORTH = """
INSERT INTO people_pair (id, recorded_at, territory_id, person_id, other_id, source, owner_id,
    reasons, found_on, answer, answered_on, answered_by_id)
SELECT id, recorded_at, territory_id, least(person_id, newcomer_id),
    greatest(person_id, newcomer_id), 'protected', person_id, '{}',
    (recorded_at AT TIME ZONE 'Europe/Paris')::date,
    CASE answer WHEN 'parted' THEN 'distinct' ELSE '' END,
    CASE answer WHEN 'parted' THEN answered_on END,
    CASE answer WHEN 'parted' THEN answered_by_id END
FROM people_possiblematch
ON CONFLICT DO NOTHING;
INSERT INTO people_pair (id, recorded_at, territory_id, person_id, other_id, source, reasons,
    found_on, answer, answered_on, answered_by_id)
SELECT id, recorded_at, territory_id, person_id, other_id, 'comparison', reasons, found_on,
    CASE WHEN distinct_on IS NULL THEN '' ELSE 'distinct' END, distinct_on, distinct_by_id
FROM people_possibleduplicate
ON CONFLICT DO NOTHING;
"""
BACK = """
INSERT INTO people_possiblematch (id, recorded_at, territory_id, person_id, newcomer_id, answer,
    answered_on, answered_by_id)
SELECT id, recorded_at, territory_id, owner_id,
    CASE owner_id WHEN person_id THEN other_id ELSE person_id END,
    CASE answer WHEN 'distinct' THEN 'parted' WHEN 'merged' THEN 'joined' ELSE '' END,
    answered_on, answered_by_id
FROM people_pair WHERE owner_id IS NOT NULL;
INSERT INTO people_possibleduplicate (id, recorded_at, territory_id, person_id, other_id, reasons,
    found_on, distinct_on, distinct_by_id)
SELECT id, recorded_at, territory_id, person_id, other_id, reasons, found_on, answered_on,
    answered_by_id
FROM people_pair WHERE owner_id IS NULL AND answer <> 'merged';
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0031_pairs_and_merges_rows")]

    operations = [
        migrations.RunSQL([SIGNED, FORTH], [SIGNED, BACK]),
    ]
