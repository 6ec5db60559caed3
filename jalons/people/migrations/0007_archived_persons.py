from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_follow_ups_of_an_organization")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="archived_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="archivé le"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("archived_at__isnull", False)),
                fields=["territory", "id"],
                name="person_archived",
            ),
        ),
    ]
