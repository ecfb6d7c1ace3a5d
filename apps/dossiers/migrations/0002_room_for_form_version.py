"""Room for the version of the form that answers were given in: written by the code of a later release."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE dossiers_dossier ADD COLUMN form_sha256 varchar(64) NULL",
            "ALTER TABLE dossiers_dossier DROP COLUMN form_sha256",
        ),
    ]
