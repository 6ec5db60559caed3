from django.conf import settings
from django.db import migrations


def closing() -> migrations.RunSQL:
    """The application closes a territory's entries: it writes their end and nothing else."""
    application, owner = settings.APPLICATION_ROLE, settings.DATABASES["migrator"]["USER"]
    if application == owner:
        return migrations.RunSQL(migrations.RunSQL.noop, migrations.RunSQL.noop)
    return migrations.RunSQL(
        f'GRANT UPDATE (valid_until) ON nomenclature_term TO "{application}"',
        f'REVOKE UPDATE (valid_until) ON nomenclature_term FROM "{application}"',
    )


class Migration(migrations.Migration):
    dependencies = [("nomenclature", "0001_initial")]

    operations = [closing()]
