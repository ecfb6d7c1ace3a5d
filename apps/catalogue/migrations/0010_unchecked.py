"""An import says what could not be checked because the list that would tell is not whole."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0009_deferrals")]

    operations = [
        migrations.AddField(
            "importrun", "unchecked", models.CharField(blank=True, db_default="", default="", max_length=40)
        ),
    ]
