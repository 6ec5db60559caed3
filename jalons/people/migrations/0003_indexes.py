"""Indexes that lists and attention rules read; those that another one begins with are dropped."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_row_security"),
        ("territories", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="agreement",
            name="people_agre_person__918bbf_idx",
        ),
        migrations.RemoveIndex(
            model_name="entry",
            name="people_entr_person__a2427a_idx",
        ),
        migrations.RemoveIndex(
            model_name="objection",
            name="people_obje_person__9889b9_idx",
        ),
        migrations.AlterField(
            model_name="entry",
            name="door",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.organization",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="account",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="organization",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.organization",
            ),
        ),
        migrations.AlterField(
            model_name="identifier",
            name="territory",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="territory",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
            ),
        ),
        migrations.AlterField(
            model_name="sealedreader",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sealed_readers",
                to="people.person",
            ),
        ),
        migrations.AlterField(
            model_name="status",
            name="person",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statuses",
                to="people.person",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("closed_on", None)),
                fields=["territory", "person"],
                include=("opened_on",),
                name="entry_not_closed",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("role", "referent")),
                fields=["territory", "person"],
                include=("starts_on", "ends_on"),
                name="follow_up_referent",
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("frozen_at__isnull", False)),
                fields=["territory", "id"],
                name="person_frozen",
            ),
        ),
    ]
