from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("territories", "0003_consortium")]

    operations = [
        migrations.AddField(
            model_name="settingvalue",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="retiré le"),
        ),
        migrations.AlterField(
            model_name="settingvalue",
            name="value",
            field=models.JSONField(blank=True, null=True, verbose_name="valeur"),
        ),
    ]
