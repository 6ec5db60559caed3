from django.db import migrations

from jalons.journal.operations import Historise
from jalons.kernel.row_security import ProtectRows


class Migration(migrations.Migration):
    dependencies = [("people", "0025_possible_duplicate"), ("journal", "0001_initial")]

    operations = [ProtectRows("people_possibleduplicate"), Historise("people_possibleduplicate")]
