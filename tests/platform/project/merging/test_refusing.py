"""A merge that is refused changes nothing: not a row, not a right, not a number of a sequence, not the registry."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from kernel.errors import DomainError
from project.merging import MERGING
from tenants.provisioning.connecting import connect, tenant_lock
from tenants.provisioning.merging import errors
from tenants.provisioning.merging.running import preview_merge
from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import LongJob
from tests.platform.project.merging.conftest import GROUND, NOW, merge, state_of, two_provinces


@pytest.fixture(scope="module")
def provinces(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), two_provinces() as made:
        yield made


@pytest.fixture
def pair(provinces, django_db_blocker):
    with django_db_blocker.unblock():
        yield provinces


@pytest.fixture
def poison(pair):
    """Change something in the provinces for the length of one test."""
    undo = []

    def do(sql, back):
        _execute(sql)
        undo.append(back)

    yield do
    for statement in undo:
        _execute(statement)


def _execute(sql):
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_preview_changes_nothing_and_says_what_would_be(pair):
    before = state_of(pair)
    report = preview_merge(source="Y08", into="Y21", ground=GROUND, declaration=MERGING, now=NOW)
    assert state_of(pair) == before
    waiting = {one.table: one.waiting for one in report.tables}
    assert waiting["dossiers_dossier"] == len(before[0]["dossiers_dossier"]) - 1  # the probe stays behind
    assert report.obstacles == []
    assert LongJob.objects.filter(kind="MERGE").count() == 0


def test_a_clash_is_found_before_the_first_row_and_changes_nothing(pair, poison):
    rename = "UPDATE y21.organisations_unit SET code = '{}' WHERE code = '{}'"
    poison(rename.format("Y08.15", "Y21.15"), rename.format("Y21.15", "Y08.15"))
    before = state_of(pair)
    with pytest.raises(errors.KeysClash):
        merge(pair)
    assert state_of(pair) == before
    report = preview_merge(source="Y08", into="Y21", ground=GROUND, declaration=MERGING, now=NOW)
    assert "organisations_unit_code_key" in report.obstacles[0]


def test_two_roots_are_an_obstacle_and_change_nothing(pair, poison):
    hang = "UPDATE y21.organisations_unit SET parent_id = {} WHERE code = 'Y21.15'"
    poison(hang.format("NULL"), hang.format("(SELECT id FROM y21.organisations_unit WHERE code = 'Y21')"))
    before = state_of(pair)
    with pytest.raises(DomainError) as refused:
        merge(pair)
    assert refused.value.code == "merge.root_unclear"
    assert state_of(pair) == before


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["Y08", "Y21", "--ground", GROUND], "merge.code_not_typed"),
        (["Y08", "Y21", "--ground", GROUND, "--confirm", "Y21"], "merge.code_not_typed"),
        (["Y08", "Y21", "--confirm", "Y08"], "merge.ground_missing"),
        (["Y08", "Y08", "--ground", GROUND, "--confirm", "Y08"], "merge.same_tenant"),
        (["Y08", "Y99", "--ground", GROUND, "--confirm", "Y08"], "merge.tenant_unknown"),
        (["Y08", "Y21", "--abandon", "--confirm", "Y08"], "merge.nothing_to_abandon"),
    ],
)
def test_the_command_refuses_and_changes_nothing(pair, arguments, code):
    before = state_of(pair)
    with pytest.raises(CommandError, match=code.replace(".", r"\.")):
        call_command("tenant", "merge", *arguments)
    assert state_of(pair) == before


def test_a_schema_of_another_shape_is_refused(pair, poison):
    poison(
        "ALTER TABLE y21.dossiers_draft ADD COLUMN note text",
        "ALTER TABLE y21.dossiers_draft DROP COLUMN note",
    )
    before = state_of(pair)
    with pytest.raises(errors.ShapesDiffer):
        merge(pair)
    assert state_of(pair) == before


def test_who_else_holds_a_tenant_keeps_the_merge_out(pair):
    before = state_of(pair)
    with connect(name="upgrade") as upgrade:
        upgrade.execute("SELECT pg_advisory_lock(%s)", [tenant_lock(pair.staying.id)])
        with pytest.raises(errors.MergeRunsElsewhere):
            merge(pair)
    assert state_of(pair) == before
