"""Which migrations become SQL that is the same in every schema, and which are refused with their reason."""

from uuid import uuid4

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from tenants.provisioning.migrating import as_owner
from tenants.releases.collecting import NotReplayable, collect
from tenants.releases.enums import StepKind


def _migration(*operations) -> migrations.Migration:
    migration = migrations.Migration("9001_probe", "dossiers")
    migration.operations = list(operations)
    return migration


@pytest.fixture
def state(gia_lai):
    with as_owner("h21"):  # the centre has none of these tables: nothing would be collected there
        yield MigrationLoader(None).project_state()


def test_collect_takes_a_column_without_a_default(state):
    """Seen failing: "no default" is a class in Django, and was taken for a default that is computed."""
    (piece,) = collect(
        _migration(migrations.AddField("dossier", "probe", models.CharField(max_length=9, null=True))), state
    )
    assert piece.kind is StepKind.TRANSACTION
    assert piece.sql == 'ALTER TABLE "dossiers_dossier" ADD COLUMN "probe" varchar(9) NULL;'


def test_collect_takes_a_column_with_a_default_that_is_the_same_everywhere(state):
    for field in (models.IntegerField(default=3), models.JSONField(default=dict)):
        (piece,) = collect(_migration(migrations.AddField("dossier", "probe", field)), state)
        assert "ADD COLUMN" in piece.sql


def test_collect_refuses_a_default_that_is_computed(state):
    """A value of its own in each run: two schemas at the same release would hold different rows."""
    for field in (models.UUIDField(default=uuid4), models.DateTimeField(auto_now_add=True)):
        with pytest.raises(NotReplayable, match=r"dossier\.probe có giá trị mặc định được tính"):
            collect(_migration(migrations.AddField("dossier", "probe", field)), state)


def test_collect_refuses_python(state):
    with pytest.raises(NotReplayable, match="RunPython"):
        collect(_migration(migrations.RunPython(migrations.RunPython.noop)), state)
