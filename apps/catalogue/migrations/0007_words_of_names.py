"""Words of the names of the national list, for search that forgives a slip of the hand."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_effects_offers_deadlines"),
    ]

    operations = [
        migrations.CreateModel(
            name="SourceWord",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddField(
            model_name="sourceprocedure",
            name="words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(), default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="sourceprocedure",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="source_procedure_words"),
        ),
    ]
