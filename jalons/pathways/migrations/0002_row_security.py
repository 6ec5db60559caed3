from django.db import migrations

from jalons.journal.operations import Historise
from jalons.kernel.row_security import ProtectRows

TABLES = ("pathway", "objective", "action", "step")


class Migration(migrations.Migration):
    dependencies = [("pathways", "0001_pathways"), ("journal", "0001_initial")]

    operations = [
        *(ProtectRows(f"pathways_{table}") for table in TABLES),
        *(Historise(f"pathways_{table}") for table in TABLES),
    ]
