"""What the teams sort by and search, the links of invitations, and mandates that are historised."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from jalons.journal.operations import Historise
from jalons.territories.team.rules import words_of


def fill_words(apps: Any, schema_editor: Any) -> None:
    mandates = apps.get_model("territories", "Mandate").objects
    alias = schema_editor.connection.alias
    for mandate in mandates.using(alias).select_related("account").iterator():
        account = mandate.account
        mandate.words = words_of(
            account.family_name, account.given_name, mandate.function, mandate.skills
        )
        mandate.save(update_fields=["words"])


class Migration(migrations.Migration):
    dependencies = [("territories", "0004_setting_withdrawals"), ("journal", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="words",
            field=models.TextField(db_default="", default="", editable=False),
        ),
        migrations.RunPython(fill_words, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name="invitation",
            name="sent_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="territories.mandate",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="token_digest",
            field=models.BinaryField(max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="invitation",
            name="session_digest",
            field=models.BinaryField(max_length=32, null=True, unique=True),
        ),
        Historise("territories_mandate"),
    ]
