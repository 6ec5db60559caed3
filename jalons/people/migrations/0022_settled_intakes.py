from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("people", "0021_intake_rows")]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="settled_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="traitée le"),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=Q(person=None, set_aside="", settled_at=None)
                | (Q(settled_at__isnull=False) & (Q(person__isnull=False) | ~Q(set_aside=""))),
                name="intake_settled_at",
                violation_error_message="Une demande traitée porte son jour.",
            ),
        ),
    ]
