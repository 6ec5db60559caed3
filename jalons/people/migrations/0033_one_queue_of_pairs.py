from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0032_pairs_of_before")]

    operations = [
        migrations.DeleteModel("PossibleDuplicate"),
        migrations.DeleteModel("PossibleMatch"),
    ]
