"""The page of drifted schemas says what the command says, and changes nothing."""

from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tenants.provisioning.migrating import as_owner


@pytest.fixture
def operator(lone_operator):
    """Units that have just been written could not be altered in the same transaction."""
    return lone_operator


@pytest.fixture
def drifted(gia_lai):
    """In the test's own transaction: an index dropped, a column added, a migration that nobody knows."""
    with as_owner(gia_lai.schema_name), connection.cursor() as cursor:
        cursor.execute("DROP INDEX unit_by_path")
        cursor.execute("ALTER TABLE organisations_unit ADD ghi_chu_tam text")
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('tay', '0001', now())")
    return gia_lai


def test_every_deviation_and_the_sql_are_shown_as_the_command_says_them(operator, drifted):
    page = unescape(operator.get("/drift/").content.decode())
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("tenant", "drift", "H21", stdout=said)
    for line in said.getvalue().splitlines()[1:-1]:  # between the heading and the sum
        words = line.strip().removeprefix("phải là: ").removeprefix("đang là: ")
        if not words.startswith("SQL để sửa"):
            assert words in page
    assert "thừa cột organisations_unit.ghi_chu_tam" in page
    assert "CREATE INDEX CONCURRENTLY unit_by_path" in page
    assert "-- ALTER TABLE organisations_unit DROP COLUMN ghi_chu_tam;" in page
    assert "thừa migration tay.0001" in page
    assert "Thành phố Hà Nội" not in page  # which is as released
    assert "H26" not in operator.get("/drift/?code=H21").content.decode()


def test_nothing_drifted_is_said_and_of_one_tenant_only_that_one_is_asked(operator, drifted):
    assert "Lược đồ của H26 khớp" in operator.get("/drift/?code=H26").content.decode()
    refused = operator.get("/drift/?code=H77")
    assert refused.status_code == 422
    assert "H77" in refused.content.decode()


def test_only_operators_look(db):
    assert Client(HTTP_HOST="localhost").get("/drift/").status_code == 302
    assert Client(HTTP_HOST="gialai.localhost").get("/drift/").status_code == 404
