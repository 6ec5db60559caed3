from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0026_possible_duplicate_rows")]

    operations = [
        AddIndexConcurrently(
            "status",
            models.Index(
                models.F("territory"),
                Coalesce("confirmed_on", "starts_on"),
                condition=models.Q(level="shared"),
                name="status_known",
            ),
        ),
        AddIndexConcurrently(
            "status",
            models.Index(
                fields=["territory", "ends_on"],
                include=["person"],
                condition=models.Q(
                    level="shared", ends_on__gt=Coalesce("confirmed_on", "starts_on")
                ),
                name="status_over",
            ),
        ),
    ]
