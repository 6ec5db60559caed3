from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

from jalons.journal.operations import Historise
from jalons.kernel.row_security import ProtectRows


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("people", "0030_pairs_and_merges"), ("journal", "0001_initial")]

    operations = [
        *(ProtectRows(f"people_{table}") for table in ("pair", "merge")),
        *(Historise(f"people_{table}") for table in ("pair", "merge")),
        AddIndexConcurrently(
            "person",
            models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into", "id"],
                name="person_merged",
            ),
        ),
    ]
