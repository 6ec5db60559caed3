from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built beside the traffic; the count of a large caseload then reads no table."""

    atomic = False

    dependencies = [("people", "0005_statistics"), ("territories", "0002_invitations")]

    operations = [
        AddIndexConcurrently(
            "followup",
            models.Index(
                fields=["organization", "person"],
                include=["starts_on", "ends_on", "territory"],
                name="follow_up_of_organization",
            ),
        ),
        RemoveIndexConcurrently("followup", "people_foll_organiz_39c3a5_idx"),
    ]
