"""THE PREVIOUS RELEASE'S CODE ON THE NEW SCHEMA: one dossier from door to door, in a database of its own.

Takes about half a minute. Skipped, with a word why, where there is no git history
(an archive of the sources).
"""

from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tenants.releases.checking import previous
from tenants.releases.checking.previous import find_previous_ref, new_database, run_journey, unpack


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("previous") / "code"
    try:
        unpack(find_previous_ref(), folder)
    except previous.NoPreviousCode as reason:
        pytest.skip(f"không có mã của bản trước: {reason}")
    return folder


@pytest.fixture(scope="module")
def database(tree, django_db_setup):
    with new_database() as name:
        yield name


def _execute(database: str, statement: str) -> None:
    facts = connection.settings_dict
    with psycopg.connect(
        host=facts["HOST"], port=facts["PORT"], user=facts["USER"], password=facts["PASSWORD"], dbname=database,
        autocommit=True,
    ) as direct:  # fmt: skip
        direct.execute(statement)


def test_the_previous_release_does_its_main_job_on_the_new_schema(tree, db):
    said = StringIO()
    call_command("release", "check", "--previous-code", str(tree), stdout=said)
    steps = [line for line in said.getvalue().splitlines() if line.startswith(("✓", "✗"))]
    assert len(steps) == 10
    assert "✓ trả kết quả" in steps
    assert "làm trọn một hồ sơ" in said.getvalue()
    # Its own alone: the handbook, which runs beside this, does the same check in its house.
    ours = f"{connection.settings_dict['NAME']}_truoc_%"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE %s", [ours])
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE %s", [ours])
        assert cursor.fetchone() == (0,)


def test_a_column_contracted_too_early_fails_with_the_step(tree, database):
    """Shows that the test above can fail: the same job, on a schema that lost what old code uses."""
    _execute(database, "ALTER TABLE h99.dossiers_dossier DROP COLUMN channel CASCADE")
    outcome = run_journey(tree, database)
    assert not outcome.passed
    assert outcome.steps[-1].startswith("✗ nộp hồ sơ: ProgrammingError: column")
    assert "channel" in outcome.steps[-1]


def test_a_column_of_the_centre_that_old_code_reads_counts_as_well(tree, database):
    _execute(database, "ALTER TABLE registry_domain DROP COLUMN is_primary CASCADE")
    outcome = run_journey(tree, database)
    assert not outcome.passed
    (step,) = outcome.steps
    assert step.startswith("✗ mở phần mềm: ProgrammingError: column")


def test_find_previous_ref_says_why_there_is_none(settings, tmp_path):
    settings.ROOT = tmp_path
    with pytest.raises(previous.NoPreviousCode, match="git"):
        find_previous_ref()
