"""The last flow that an organization took of each sender."""

import django.db.models.deletion
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.kernel.row_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0002_persons"),
        ("territories", "0005_team"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="as_of",
            field=models.CharField(blank=True, db_default="", max_length=40),
        ),
        migrations.CreateModel(
            name="TakenFlow",
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
                ("kind", models.CharField(max_length=20)),
                ("sender", models.CharField(blank=True, max_length=10)),
                ("as_of", models.DateField()),
                ("made_on", models.DateField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organization",
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "kind", "sender"), name="last_flow_of_a_sender"
                    )
                ],
            },
        ),
        ProtectRows("exchange_takenflow"),
    ]
