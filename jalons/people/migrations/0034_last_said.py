"""What the files of an organization said last of a person, and the wall around it."""

import django.db.models.deletion
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.kernel.row_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0033_one_queue_of_pairs"),
        ("territories", "0005_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastSaid",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jalons.kernel.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(default=jalons.kernel.clock.now, editable=False),
                ),
                ("digests", models.JSONField(default=dict)),
                ("said_on", models.DateField(verbose_name="dit le")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "last said",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "organization"), name="last_said_once"
                    )
                ],
            },
        ),
        ProtectRows("people_lastsaid"),
    ]
