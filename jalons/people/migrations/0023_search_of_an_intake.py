from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0022_settled_intakes")]

    operations = [
        migrations.AddField(model_name="search", name="intake", field=models.UUIDField(null=True))
    ]
