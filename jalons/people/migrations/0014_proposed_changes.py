"""Corrections that another institution proposes; ciphers of statuses; seals that follow contacts.

The function of migration 0004 gave the référent the domains of sealed statuses only.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.journal.operations import Historise
from jalons.kernel.row_security import ProtectRows

FUNCTION = """
CREATE OR REPLACE FUNCTION people_refresh_sealed_readers(of_person uuid, of_day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    referent uuid;
    place smallint;
BEGIN
    SELECT territory_id INTO place FROM people_person
    WHERE id = of_person AND territory_id::int = ANY(
        string_to_array(nullif(current_setting('jalons.territories', true), ''), ',')::int[]
    );
    IF place IS NULL THEN
        RETURN;
    END IF;
    SELECT account_id INTO referent FROM people_followup
    WHERE person_id = of_person AND role = 'referent'
      AND starts_on <= of_day AND (ends_on IS NULL OR ends_on > of_day);
    IF referent IS NOT NULL THEN
        INSERT INTO people_sealedreader
            (id, recorded_at, territory_id, person_id, domain, account_id, reason)
        SELECT gen_random_uuid(), now(), place, of_person, sealed.domain, referent, 'referent'
        FROM (
            SELECT domain FROM people_status WHERE person_id = of_person AND level = 'sealed'
            UNION SELECT domain FROM people_sealedreader WHERE person_id = of_person
            {contacts}
        ) sealed
        ON CONFLICT (person_id, domain, account_id, reason) DO NOTHING;
    END IF;
    DELETE FROM people_sealedreader
    WHERE person_id = of_person AND reason = 'referent' AND account_id IS DISTINCT FROM referent;
END
$$;
"""
CONTACTS = (
    "UNION SELECT domain FROM people_contact WHERE person_id = of_person AND level = 'sealed'"
)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("people", "0013_agreements"),
        ("territories", "0005_team"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProposedChange",
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
                        default="identity",
                        max_length=10,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "En attente"),
                            ("accepted", "Acceptée"),
                            ("refused", "Refusée"),
                            ("withdrawn", "Retirée"),
                        ],
                        default="waiting",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("cipher", models.BinaryField()),
                ("proposed_at", models.DateTimeField(verbose_name="proposée le")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="répondue le"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="territories.organization",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposed_changes",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["person"],
                        name="proposed_change_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "waiting")),
                            models.Q(
                                models.Q(("state", "waiting"), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="proposed_change_answered",
                        violation_error_message="Une réponse a sa date.",
                    )
                ],
            },
        ),
        ProtectRows("people_proposedchange"),
        Historise("people_proposedchange"),
        migrations.AddField("status", "cipher", models.BinaryField(null=True)),
        migrations.AlterField(
            "status", "kind", models.CharField("statut", max_length=40, blank=True)
        ),
        migrations.AlterField(
            "status", "label", models.CharField("libellé", max_length=150, blank=True)
        ),
        migrations.RunSQL(FUNCTION.format(contacts=CONTACTS), FUNCTION.format(contacts="")),
    ]
