"""Files of persons: their blocks, their rows, and what organizations call our columns."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.kernel.row_security import ACCOUNT, ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_imports"),
        ("territories", "0005_team"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importedrow",
            name="changes",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="importedrow",
            name="first_row",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="importedrow",
            name="person",
            field=models.UUIDField(null=True),
        ),
        migrations.AlterField(
            model_name="importedfile",
            name="table",
            field=models.BinaryField(null=True),
        ),
        migrations.CreateModel(
            name="HeaderMap",
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
                ("names", models.JSONField(default=dict)),
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
                    models.UniqueConstraint(fields=("organization", "kind"), name="one_header_map")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedBlock",
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
                ("position", models.PositiveIntegerField()),
                ("raw", models.BinaryField()),
                ("said", models.BinaryField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file_import",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.import",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file_import", "position"), name="imported_block_once"
                    )
                ],
            },
        ),
        ProtectRows("exchange_headermap"),
        ProtectRows("exchange_importedblock", also=[f"account_id = {ACCOUNT}"]),
    ]
