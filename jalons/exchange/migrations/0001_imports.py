"""Files sent to be imported, what becomes of their rows, and the walls around both."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.journal.operations import Historise
from jalons.kernel.row_security import ACCOUNT, ProtectRows


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("journal", "0001_initial"),
        ("territories", "0002_invitations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
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
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("practitioner", "Accompagnant·e"),
                            ("manager", "Responsable de structure"),
                            ("clerk", "Secrétariat, accueil"),
                            ("dispatcher", "Chargé·e d’orientation"),
                            ("coordinator", "Coordinateur·rice SPIE"),
                            ("facilitator", "Animateur·rice d’instance"),
                            ("company_lead", "Référent·e entreprises"),
                            ("network_lead", "Référent·e partenariats"),
                            ("steering", "Membre du comité de pilotage"),
                            ("observer", "Observateur régional ou national"),
                            ("platform_admin", "Administrateur technique"),
                        ],
                        max_length=20,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("file_name", models.CharField(max_length=60)),
                ("digest", models.BinaryField(max_length=32)),
                ("rows", models.PositiveIntegerField()),
                ("state", models.CharField(max_length=12)),
                ("counts", models.JSONField(default=dict)),
                ("checked_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mandate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.mandate",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organization",
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
        ),
        migrations.CreateModel(
            name="ImportedFile",
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
                ("table", models.BinaryField()),
                ("sample", models.BinaryField()),
                ("seen", models.PositiveIntegerField(default=0)),
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
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file",
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
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ImportedRow",
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
                ("number", models.PositiveIntegerField()),
                ("foreseen", models.CharField(max_length=10)),
                ("outcome", models.CharField(blank=True, max_length=10)),
                ("errors", models.JSONField(default=list)),
                ("warnings", models.JSONField(default=list)),
                ("invited", models.BooleanField(default=False)),
                ("settled_at", models.DateTimeField(null=True)),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="exchange.import",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="territories.organization",
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
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(fields=["territory", "-id"], name="exchange_import_latest"),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(
                condition=models.Q(("erased_at", None)),
                fields=["territory", "recorded_at"],
                name="exchange_import_to_erase",
            ),
        ),
        migrations.AddConstraint(
            model_name="importedrow",
            constraint=models.UniqueConstraint(
                fields=("file_import", "number"), name="imported_row_once"
            ),
        ),
        ProtectRows("exchange_import"),
        *(
            ProtectRows(f"exchange_{table}", also=[f"account_id = {ACCOUNT}"])
            for table in ("importedfile", "importedrow")
        ),
        Historise("exchange_import"),
    ]
