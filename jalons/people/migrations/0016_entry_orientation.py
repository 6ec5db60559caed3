from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0015_hidden_contents")]

    operations = [
        migrations.AddField(
            "entry",
            "orientation_type",
            models.CharField(
                "type d’orientation", max_length=20, blank=True, default="", db_default=""
            ),
        ),
        migrations.AddField(
            "entry",
            "assign_motive",
            models.CharField(
                "motif de l’orientation", max_length=500, blank=True, default="", db_default=""
            ),
        ),
    ]
