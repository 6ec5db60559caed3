"""The reasons of urgent accesses are encrypted: a lost backup does not say them."""

from typing import Any

from django.db import connections, migrations, models

from jalons.kernel import crypto

PURPOSE = "access.break_glass"
SIGNED = "SELECT set_config('jalons.event', pg_current_xact_id()::text, true)"
"""The same reason under another form: nothing happened, no event tells it."""


def encrypt(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    rows = apps.get_model("access", "BreakGlass").objects.using(alias)
    with connections[alias].cursor() as cursor:
        cursor.execute(SIGNED)
    for row in rows.filter(cipher=None).iterator():
        rows.filter(pk=row.pk).update(cipher=crypto.encrypt(row.reason.encode(), PURPOSE))


def decrypt(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    rows = apps.get_model("access", "BreakGlass").objects.using(alias)
    with connections[alias].cursor() as cursor:
        cursor.execute(SIGNED)
    for row in rows.iterator():
        reason = crypto.decrypt(bytes(row.cipher), PURPOSE).decode()
        rows.filter(pk=row.pk).update(reason=reason)


class Migration(migrations.Migration):
    dependencies = [("access", "0004_exports")]

    operations = [
        migrations.AddField("breakglass", "cipher", models.BinaryField("motif", null=True)),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField("breakglass", "cipher", models.BinaryField("motif")),
        migrations.AlterField("breakglass", "reason", models.TextField("motif", default="")),
        migrations.RemoveField("breakglass", "reason"),
    ]
