"""The journal's tables, what the roles may do on them, and the guard of historised tables."""

from django.conf import settings
from django.db import migrations, models

import jalons.kernel.clock
import jalons.kernel.ids
from jalons.journal.operations import GUARD_FUNCTION, MARK_FUNCTION, MARK_TRIGGER
from jalons.kernel.row_security import AppendOnly, ProtectRows


def only_the_whole_role_seals() -> migrations.RunSQL:
    application, owner = settings.APPLICATION_ROLE, settings.DATABASES["migrator"]["USER"]
    if application in (owner, settings.WHOLE_ROLE):
        return migrations.RunSQL(migrations.RunSQL.noop, migrations.RunSQL.noop)
    return migrations.RunSQL(
        f'REVOKE INSERT ON journal_seal FROM "{application}"',
        f'GRANT INSERT ON journal_seal TO "{application}"',
    )


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE journal_event_position AS bigint",
            "DROP SEQUENCE journal_event_position",
        ),
        migrations.CreateModel(
            name="Event",
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
                    "position",
                    models.BigIntegerField(
                        db_default=models.Func(
                            models.Value("journal_event_position"), function="nextval"
                        ),
                        editable=False,
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("account", models.UUIDField(null=True)),
                ("mandate", models.UUIDField(null=True)),
                ("organization", models.UUIDField(null=True)),
                ("person", models.UUIDField(null=True)),
                ("object_key", models.UUIDField(null=True)),
                ("cause", models.UUIDField(null=True)),
                ("territory", models.SmallIntegerField(null=True)),
                ("kind", models.CharField(max_length=60)),
                ("object_kind", models.CharField(max_length=40)),
                ("dimensions", models.JSONField(default=dict)),
                ("digest", models.BinaryField(max_length=32, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("person__isnull", False)),
                        fields=["territory", "person", "-occurred_at", "-position"],
                        name="journal_event_timeline",
                    ),
                    models.Index(
                        fields=["territory", "kind", "occurred_at"], name="journal_event_kind"
                    ),
                    models.Index(
                        condition=models.Q(("cause__isnull", False)),
                        fields=["cause"],
                        name="journal_event_cause",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("position",), name="journal_event_position_unique"
                    )
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER SEQUENCE journal_event_position OWNED BY journal_event.position",
            "ALTER SEQUENCE journal_event_position OWNED BY NONE",
        ),
        # Rows never change: each is frozen by the first vacuum that meets it.
        migrations.RunSQL(
            "ALTER TABLE journal_event SET (autovacuum_vacuum_insert_scale_factor = 0.02,"
            " autovacuum_analyze_scale_factor = 0.02, autovacuum_freeze_min_age = 0)",
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                ("event", models.UUIDField(primary_key=True, serialize=False)),
                ("territory", models.SmallIntegerField(null=True)),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("from_position", models.BigIntegerField()),
                ("to_position", models.BigIntegerField()),
                ("count", models.IntegerField()),
                ("form", models.SmallIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
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
                ("event", models.UUIDField()),
                ("account", models.UUIDField()),
                ("territory", models.SmallIntegerField(null=True)),
                ("kind", models.CharField(max_length=60)),
                ("read_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["account", "recorded_at"],
                        name="journal_notification_unread",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "event"), name="journal_notification_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestSent",
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
                ("account", models.UUIDField()),
                ("day", models.DateField()),
                ("sent_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "day"), name="journal_digest_once_a_day"
                    )
                ]
            },
        ),
        ProtectRows("journal_event", territory="territory", null_is_open=True),
        ProtectRows("journal_payload", territory="territory", null_is_open=True),
        ProtectRows("journal_notification", territory="territory", null_is_open=True),
        AppendOnly("journal_event"),
        AppendOnly("journal_payload", whole_may_delete=True),
        AppendOnly("journal_seal"),
        only_the_whole_role_seals(),
        migrations.RunSQL(MARK_FUNCTION, "DROP FUNCTION journal_mark_transaction()"),
        migrations.RunSQL(MARK_TRIGGER, "DROP TRIGGER mark_transaction ON journal_event"),
        migrations.RunSQL(GUARD_FUNCTION, "DROP FUNCTION journal_require_event()"),
    ]
