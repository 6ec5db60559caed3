"""What the search by name meets, filled in small transactions beside the traffic, then indexed."""

from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import connections, migrations, models, transaction

from jalons.people.names import indexed

BATCH = 2_000
SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""The column derives from others of its row: nothing happened to the person, no event tells it."""


def fill(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    persons = apps.get_model("people", "Person").objects.using(alias)
    last = None
    while True:
        with transaction.atomic(using=alias):
            found = (
                persons.filter(names=[]) if last is None else persons.filter(names=[], pk__gt=last)
            )
            rows = list(found.order_by("pk").select_for_update()[:BATCH])
            if not rows:
                return
            for row in rows:
                row.names = indexed(row.family_name, row.birth_name, row.given_name)
            with connections[alias].cursor() as cursor:
                cursor.execute(SIGNED)
            persons.bulk_update(rows, ["names"])
            last = rows[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0007_contacts_and_names")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexConcurrently(
            "person", models.Index(fields=["territory", "birth_date"], name="person_born")
        ),
        AddIndexConcurrently("person", GinIndex(fields=["names"], name="person_names")),
    ]
