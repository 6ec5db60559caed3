"""The lists, and who may write them: the owner loads, the application only adds terms."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids

LOADED = ("commune", "rome", "appellation", "searchword", "edition")


def only_the_owner_loads() -> migrations.RunSQL:
    """The application adds a territory's terms, and stamps the change; it changes nothing else."""
    application, owner = settings.APPLICATION_ROLE, settings.DATABASES["migrator"]["USER"]
    if application == owner:
        return migrations.RunSQL(migrations.RunSQL.noop, migrations.RunSQL.noop)
    tables = ", ".join(f"nomenclature_{name}" for name in LOADED)
    return migrations.RunSQL(
        [
            f'REVOKE INSERT, UPDATE, DELETE ON {tables} FROM "{application}"',
            f'REVOKE UPDATE, DELETE ON nomenclature_term FROM "{application}"',
            f'GRANT UPDATE (stamp) ON nomenclature_edition TO "{application}"',
        ],
        [
            f'REVOKE UPDATE (stamp) ON nomenclature_edition FROM "{application}"',
            f'GRANT UPDATE, DELETE ON nomenclature_term TO "{application}"',
            f'GRANT INSERT, UPDATE, DELETE ON {tables} TO "{application}"',
        ],
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("version", models.DateField()),
                ("digest", models.CharField(max_length=64)),
                ("stamp", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Commune",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=5, primary_key=True, serialize=False, verbose_name="code Insee"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="nom")),
                (
                    "other_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        size=None,
                        verbose_name="autres noms",
                    ),
                ),
                (
                    "parent",
                    models.CharField(
                        blank=True, max_length=5, verbose_name="commune de l’arrondissement"
                    ),
                ),
                ("departement", models.CharField(max_length=3, verbose_name="département (code)")),
                ("departement_name", models.CharField(max_length=60, verbose_name="département")),
                (
                    "epci",
                    models.CharField(
                        blank=True, max_length=9, verbose_name="intercommunalité (SIREN)"
                    ),
                ),
                (
                    "epci_name",
                    models.CharField(blank=True, max_length=120, verbose_name="intercommunalité"),
                ),
                (
                    "postcodes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=5),
                        default=list,
                        size=None,
                        verbose_name="codes postaux",
                    ),
                ),
                ("population", models.IntegerField(default=0, verbose_name="population")),
                ("latitude", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("longitude", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("approximate", models.BooleanField(default=False, verbose_name="point approché")),
                ("search", models.TextField()),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à (exclu)"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="commune_prefix",
                    ),
                    models.Index(fields=["departement"], name="nomenclatur_departe_132935_idx"),
                    models.Index(fields=["epci"], name="nomenclatur_epci_87eca2_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="commune_validity",
                        violation_error_message="La fin de validité vient après son début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rome",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=5, primary_key=True, serialize=False, verbose_name="code ROME"
                    ),
                ),
                ("label", models.CharField(max_length=150, verbose_name="libellé")),
                ("search", models.TextField()),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à (exclu)"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="rome_prefix",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="rome_validity",
                        violation_error_message="La fin de validité vient après son début.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("commune", "Commune"),
                            ("rome", "Rome"),
                            ("appellation", "Appellation"),
                        ],
                        max_length=11,
                    ),
                ),
                ("word", models.TextField()),
                ("code", models.CharField(max_length=6)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("scope"),
                        django.contrib.postgres.indexes.OpClass("word", name="text_pattern_ops"),
                        models.F("code"),
                        name="search_word_prefix",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
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
                ("list", models.CharField(max_length=30, verbose_name="liste")),
                ("code", models.CharField(max_length=60, verbose_name="code")),
                (
                    "territory",
                    models.SmallIntegerField(blank=True, null=True, verbose_name="territoire"),
                ),
                ("label", models.CharField(max_length=150, verbose_name="libellé")),
                (
                    "short",
                    models.CharField(blank=True, max_length=40, verbose_name="libellé court"),
                ),
                ("also", models.CharField(blank=True, max_length=300, verbose_name="autres noms")),
                ("parent", models.CharField(blank=True, max_length=60, verbose_name="rattaché à")),
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
                        max_length=10,
                        verbose_name="niveau",
                    ),
                ),
                ("domain", models.CharField(blank=True, max_length=20, verbose_name="domaine")),
                (
                    "codes",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="codes des partenaires"
                    ),
                ),
                ("sensitive", models.BooleanField(default=False, verbose_name="sensible")),
                ("position", models.SmallIntegerField(default=0, verbose_name="rang")),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à (exclu)"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("list", "code", "territory", "valid_from"),
                        name="term_once",
                        nulls_distinct=False,
                        violation_error_message="Cette liste a déjà une entrée de ce code.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("territory", None),
                                models.Q(("code__startswith", "local_"), _negated=True),
                            ),
                            models.Q(("code__startswith", "local_"), ("territory__isnull", False)),
                            _connector="OR",
                        ),
                        name="term_local_code",
                        violation_error_message="Une entrée d’un territoire ne remplace pas une entrée nationale.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "sealed"), _negated=True),
                            ("domain__in", ("violences", "justice")),
                            _connector="OR",
                        ),
                        name="term_sealed_domain",
                        violation_error_message="Une entrée scellée relève d’un domaine scellé.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="term_validity",
                        violation_error_message="La fin de validité vient après son début.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appellation",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=6, primary_key=True, serialize=False, verbose_name="code OGR"
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="libellé")),
                ("search", models.TextField()),
                (
                    "valid_from",
                    models.DateField(blank=True, null=True, verbose_name="valable depuis"),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valable jusqu’à (exclu)"),
                ),
                (
                    "rome",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appellations",
                        to="nomenclature.rome",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("search", name="text_pattern_ops"),
                        name="appellation_prefix",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from", None),
                            ("valid_until", None),
                            ("valid_until__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="appellation_validity",
                        violation_error_message="La fin de validité vient après son début.",
                    )
                ],
            },
        ),
        only_the_owner_loads(),
    ]
