"""A consultation stays in its author's territory, a quota follows its account, a draft its place.

- A consultation is inserted for a territory in context, or for none.
- Somebody with mandates in two territories has one quota of urgent accesses: their own rows are
  seen from both.
- The same form may wait unfinished in two territories.
"""

from django.db import migrations, models

from jalons.kernel.row_security import ACCOUNT, TERRITORIES

WRITTEN = "ALTER POLICY written ON consultations.consultation WITH CHECK ({})"
HIS_OWN = f"account IS NOT DISTINCT FROM {ACCOUNT}"


class Migration(migrations.Migration):
    dependencies = [("access", "0002_consultations")]

    operations = [
        migrations.RunSQL(
            WRITTEN.format(f"{HIS_OWN} AND (territory IS NULL OR territory = ANY({TERRITORIES}))"),
            WRITTEN.format(HIS_OWN),
        ),
        migrations.RunSQL(
            f"CREATE POLICY own ON access_breakglass FOR SELECT USING (account = {ACCOUNT})",
            "DROP POLICY own ON access_breakglass",
        ),
        migrations.RemoveConstraint("draft", "one_draft_a_form"),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(
                fields=["account", "territory", "form"], name="one_draft_a_form"
            ),
        ),
    ]
