"""Documents of a person: what is sealed for its readers, what is private for its author."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.journal.operations import Historise
from jalons.kernel.row_security import ACCOUNT, ProtectRows


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0011_archived_persons"),
        ("territories", "0005_team"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("identity_document", "Pièce d’identité"),
                            ("proof", "Justificatif"),
                            ("agreement", "Accord signé"),
                            ("portrait", "Portrait"),
                            ("contract", "Contrat"),
                            ("letter", "Courrier"),
                            ("resume", "CV"),
                            ("rights_notice", "Notification de droits"),
                            ("other", "Autre document"),
                        ],
                        max_length=20,
                        verbose_name="nature",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("open", "Ouvert"),
                            ("masked", "Masqué"),
                            ("identity", "Identité"),
                            ("shared", "Partagé"),
                            ("restricted", "Restreint"),
                            ("sealed", "Scellé"),
                            ("private", "Privé"),
                            ("secret", "Secret"),
                        ],
                        default="shared",
                        max_length=10,
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=20, verbose_name="domaine")),
                ("title", models.BinaryField(verbose_name="titre")),
                ("added_on", models.DateField(verbose_name="ajouté le")),
                ("digest", models.BinaryField(max_length=32)),
                ("size", models.PositiveIntegerField(verbose_name="octets")),
                ("media_type", models.CharField(max_length=20)),
                ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retiré le"),
                ),
                ("withdrawal", models.UUIDField(blank=True, null=True)),
                (
                    "erased_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="effacé le"),
                ),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
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
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DocumentContent",
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
                ("cipher", models.BinaryField()),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="content",
                        to="people.document",
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
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["person", "kind"], name="people_docu_person__254326_idx"),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "sealed"), _negated=True),
                    ("domain__in", ["violences", "justice"]),
                    _connector="OR",
                ),
                name="document_sealed_domain",
                violation_error_message="Un document scellé relève d’un domaine scellé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level", "sealed"),
                    models.Q(("domain__in", ["violences", "justice"]), _negated=True),
                    _connector="OR",
                ),
                name="document_domain_sealed",
                violation_error_message="Un document de ce domaine est scellé.",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__in", ["identity", "shared", "restricted", "sealed", "private"])
                ),
                name="document_level",
                violation_error_message="Choisissez qui peut lire ce document.",
            ),
        ),
        ProtectRows(
            "people_document",
            also=[
                "level <> 'sealed' OR people_reads_sealed(person_id, domain)",
                f"level <> 'private' OR account_id = {ACCOUNT}",
            ],
        ),
        ProtectRows(
            "people_documentcontent",
            also=["EXISTS (SELECT 1 FROM people_document seen WHERE seen.id = document_id)"],
        ),
        Historise("people_document"),
        Historise("people_documentcontent"),
    ]
