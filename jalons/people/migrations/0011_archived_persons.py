from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0010_vigilance")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archivé le"),
        ),
        AddIndexConcurrently(
            "person",
            models.Index(
                condition=models.Q(("archived_at__isnull", False)),
                fields=["territory", "id"],
                name="person_archived",
            ),
        ),
    ]
