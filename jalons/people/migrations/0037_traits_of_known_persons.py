"""The traits of the persons there are, in small transactions beside the traffic."""

from typing import Any

from django.db import connections, migrations, transaction

BATCH = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    persons = apps.get_model("people", "Person").objects.using(alias).order_by("pk")
    last = None
    while True:
        with transaction.atomic(using=alias):
            after = persons if last is None else persons.filter(pk__gt=last)
            keys = list(after.select_for_update().values_list("pk", flat=True)[:BATCH])
            if not keys:
                return
            with connections[alias].cursor() as cursor:
                cursor.execute("SELECT people_trace(%s)", [keys])
            last = keys[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0036_person_traits_rows")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
