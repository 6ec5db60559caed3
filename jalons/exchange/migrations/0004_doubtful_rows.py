"""Whom a doubtful row of a file of persons may speak of, for its author to settle."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0003_taken_flow"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedrow",
            name="candidates",
            field=models.JSONField(db_default=[], default=list),
        ),
    ]
