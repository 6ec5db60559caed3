"""Row-level security of the room: the territory everywhere, a copy for whoever asked for it."""

from django.db import migrations

from jalons.journal.operations import Historise
from jalons.kernel.row_security import ACCOUNT, ProtectRows

TABLES = ["hold", "rightsrequest", "storedexport"]


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_rights_of_persons"), ("journal", "0001_initial")]

    operations = [
        ProtectRows("rights_hold"),
        ProtectRows("rights_rightsrequest"),
        ProtectRows("rights_storedexport", also=[f"account_id = {ACCOUNT}"]),
        *(Historise(f"rights_{table}") for table in TABLES),
    ]
