"""A fault of the database in the middle of an import leaves nothing of it. With real commits.

Each was seen to fail with ``transaction.atomic`` taken away from its service: the first row lock then refuses to
work outside a transaction; and with a transaction for each batch instead (on ``Comparison.take``, ``finish``,
``accept_whole_run`` and ``_Import.take``): of the codes the list, the run and a thousand changes with their
findings stayed, of the records two drafts with theirs.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection

from apps.catalogue import services
from apps.catalogue.models import (
    Code,
    CodeList,
    CodeListVersion,
    ImportFinding,
    ImportRun,
    ProcedureTemplate,
    SourceChange,
    SourceRecord,
    TemplateVersion,
)
from apps.catalogue.source_codes import COLUMNS
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import central_context
from tests.apps.catalogue.catalogue_lists import table
from tests.apps.catalogue.catalogue_records import load_records, record
from tests.lived_in import furnished_centre

EVERYTHING = (
    Code, CodeList, CodeListVersion, ImportFinding, ImportRun, ProcedureTemplate, SourceChange, SourceRecord,
    TemplateVersion,
)  # fmt: skip


@pytest.fixture
def centre(django_db_setup, django_db_blocker, now) -> Iterator[None]:
    with django_db_blocker.unblock(), furnished_centre(now), central_context():
        yield


@contextmanager
def fault_at(table: str, code: str) -> Iterator[None]:
    """The database fails at the row of this code, as a full disk would."""
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fault_of_a_test() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION 'đĩa đầy' USING ERRCODE = 'disk_full'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER fault_of_a_test BEFORE INSERT ON {table} FOR EACH ROW"
            f" WHEN (NEW.code = '{code}') EXECUTE FUNCTION fault_of_a_test()"
        )
    try:
        yield
    finally:
        with as_owner("public"), connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION fault_of_a_test CASCADE")


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in EVERYTHING}


@pytest.mark.parametrize("where", ["catalogue_sourcechange", "catalogue_code"])
def test_import_codes_leaves_nothing_when_the_database_fails_half_way(centre, operator, now, where) -> None:
    """In the second thousand: once while changes are proposed, once while they are taken over."""
    blank = dict.fromkeys(COLUMNS, "")
    rows = [{**blank, "code": f"C{number:04d}", "name": "a", "parent": "X"} for number in range(1500)]
    before = counts()
    with fault_at(where, "C1200"), pytest.raises(DatabaseError, match="đĩa đầy"):
        services.import_codes(
            stream=io.BytesIO(table(*rows, columns=COLUMNS)), key="agencies", file_name="x.csv", whole=True,
            owner="VPCP", accept_all=True, by=operator, now=now,
        )  # fmt: skip
    assert counts() == before


def test_import_catalogue_leaves_nothing_when_the_database_fails_half_way(centre, operator, now) -> None:
    """At the third of five: two drafts, one change of a published procedure and their findings were there already."""
    records = [record(code=code) for code in ("9.000001", "1.001193", "9.000002", "9.000003", "9.000004")]
    before = counts()
    with fault_at("catalogue_sourcerecord", "9.000003"), pytest.raises(DatabaseError, match="đĩa đầy"):
        load_records(*records, by=operator, now=now)
    assert counts() == before
    assert {row.outcome for row in load_records(*records, by=operator, now=now)} == {"CREATED", "PROPOSED"}
