"""How long a procedure really takes is asked of the dossiers that were finished lately."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False  # built beside the people's work
    dependencies = [("dossiers", "0002_room_for_form_version")]
    operations = [
        AddIndexConcurrently(
            "dossier",
            models.Index(
                fields=["procedure_code", "finished_at"],
                condition=Q(finished_at__isnull=False),
                name="dossier_finished_by_procedure",
            ),
        ),
    ]
