"""What the planner must know to start from the few: open entries, protected persons.

The dates of an entry depend on each other: without statistics on the pair, PostgreSQL expects six
times the open entries there are, and reads the whole territory instead.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_seals")]

    operations = [
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["territory", "id"],
                condition=models.Q(("protected", True)),
                name="person_protected",
            ),
        ),
        migrations.RunSQL(
            "CREATE STATISTICS people_entry_dates (mcv)"
            " ON closed_on, first_interview_on FROM people_entry",
            "DROP STATISTICS people_entry_dates",
        ),
    ]
