"""What describes an organization, and the invitations prepared for it."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.journal.operations import Historise


class Migration(migrations.Migration):
    dependencies = [("territories", "0001_initial"), ("journal", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Invitation",
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
                        verbose_name="rôle",
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social", "Social"),
                            ("professional", "Professionnel"),
                            ("both", "Social et professionnel"),
                        ],
                        max_length=12,
                        verbose_name="champ",
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="courriel")),
                ("given_name", models.CharField(blank=True, max_length=100, verbose_name="prénom")),
                ("family_name", models.CharField(blank=True, max_length=100, verbose_name="nom")),
                ("function", models.CharField(blank=True, max_length=150, verbose_name="fonction")),
                (
                    "phones",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16),
                        blank=True,
                        db_default=[],
                        default=list,
                        size=None,
                        verbose_name="téléphones",
                    ),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="acceptée le"),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="retirée le"),
                ),
            ],
        ),
        migrations.AddField(
            model_name="organization",
            name="address",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="adresse"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="address_more",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="adresse (complément)",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="city",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=100, verbose_name="ville"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="description",
            field=models.TextField(
                blank=True, db_default="", default="", verbose_name="description"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="email",
            field=models.EmailField(
                blank=True, db_default="", default="", max_length=254, verbose_name="courriel"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="phones",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="téléphones",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="postcode",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=5, verbose_name="code postal"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="website",
            field=models.URLField(blank=True, db_default="", default="", verbose_name="site web"),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("postcode", ""), ("postcode__regex", "^\\d{5}$"), _connector="OR"
                ),
                name="organization_postcode_form",
                violation_error_message="Un code postal compte cinq chiffres.",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="territories.organization",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="territory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.territory",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                models.F("organization"),
                models.F("role"),
                django.db.models.functions.text.Lower("email"),
                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                name="invitation_once",
                violation_error_message="Une invitation à ce courriel attend déjà.",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at", None),
                    models.Q(("sent_at__isnull", False), ("withdrawn_at", None)),
                    _connector="OR",
                ),
                name="invitation_dates",
                violation_error_message="Une invitation acceptée a été envoyée, et non retirée.",
            ),
        ),
        Historise("territories_invitation"),
    ]
