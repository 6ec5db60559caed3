import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0037_traits_of_known_persons")]

    operations = [
        migrations.AddField(
            model_name=name,
            name="street",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), db_default=[], default=list, size=None
            ),
        )
        for name in ("contact", "persontraits")
    ]
