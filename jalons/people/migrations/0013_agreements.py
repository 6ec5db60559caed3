"""What a person was told, and what they are asked to agree to by a link."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.journal.operations import Historise
from jalons.kernel.row_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0012_documents"),
        ("territories", "0005_team"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="agreement",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.document",
            ),
        ),
        migrations.CreateModel(
            name="InformationGiven",
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
                ("version", models.CharField(max_length=20, verbose_name="version")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("handed", "Remise en main propre"),
                            ("read_aloud", "Lue à voix haute"),
                            ("letter", "Par courrier"),
                            ("link", "Par un lien"),
                        ],
                        max_length=10,
                        verbose_name="manière",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="donnée le")),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        related_name="informations",
                        to="people.person",
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
            name="AgreementRequest",
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
                    "domains",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "organizations",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="fin (exclue)")),
                (
                    "replaced_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="remplacée le"),
                ),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("agreed", "Accord donné"), ("refused", "Accord refusé")],
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                ("digest", models.BinaryField(default=bytes, max_length=32)),
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.agreement",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None), ("replaced_at", None)),
                        fields=("person",),
                        name="one_open_agreement_request",
                        violation_error_message="Une demande d’accord attend déjà la réponse.",
                    )
                ],
            },
        ),
        ProtectRows("people_informationgiven"),
        ProtectRows("people_agreementrequest"),
        Historise("people_informationgiven"),
        Historise("people_agreementrequest"),
    ]
