from django.db import migrations, models
from django.db.models import Q

CREATE = """CREATE UNIQUE INDEX CONCURRENTLY one_entry_of_a_flow
    ON people_entry (person_id, flow) WHERE NOT flow = ''"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0023_search_of_an_intake")]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="flow",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=60, verbose_name="flux"
            ),
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(CREATE, "DROP INDEX CONCURRENTLY one_entry_of_a_flow")
            ],
            state_operations=[
                migrations.AddConstraint(
                    model_name="entry",
                    constraint=models.UniqueConstraint(
                        condition=~Q(flow=""),
                        fields=("person", "flow"),
                        name="one_entry_of_a_flow",
                        violation_error_message="Ce flux a déjà ouvert une entrée à cette personne.",
                    ),
                )
            ],
        ),
    ]
