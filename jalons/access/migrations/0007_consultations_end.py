"""The whole-file role, and no other, deletes consultations: their retention is its command.

Changing one stays refused to both roles.
"""

from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("access", "0006_destroyed_exports")]

    operations = (
        [
            migrations.RunSQL(
                f'GRANT DELETE ON consultations.consultation TO "{settings.WHOLE_ROLE}"',
                f'REVOKE DELETE ON consultations.consultation FROM "{settings.WHOLE_ROLE}"',
            )
        ]
        if settings.WHOLE_ROLE != settings.APPLICATION_ROLE
        else []
    )
