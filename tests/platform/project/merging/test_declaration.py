"""Nothing of a tenant is forgotten in a merge: every table and every column that may hold a key is declared."""

from dataclasses import replace

import pytest
from django.db import connection

from project.merging import MERGING
from tenants.provisioning.merging.catalog import find_undeclared, read_catalog
from tenants.provisioning.merging.plan import LeaveWhole
from tenants.provisioning.migrating import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalog(gia_lai):
    with as_owner("public"), connection.cursor() as cursor:
        return read_catalog(cursor, gia_lai.schema_name)


def test_every_table_and_every_column_that_may_hold_a_key_is_declared(catalog):
    assert list(find_undeclared(catalog, MERGING)) == []


def test_a_table_that_nobody_declared_is_found(catalog):
    without = tuple(table for table in MERGING.tables if table.table != "fees_payment")
    assert list(find_undeclared(catalog, replace(MERGING, tables=without))) == ["fees_payment: not declared"]


def test_a_column_that_nobody_declared_is_found(catalog):
    silent = tuple(
        replace(table, references={}, adapts=()) if table.table == "workflow_step" else table
        for table in MERGING.tables
    )
    assert list(find_undeclared(catalog, replace(MERGING, tables=silent))) == [
        "workflow_step.subject_id (bigint): not declared",
        "workflow_step.unit_path (character varying(200)): not declared",
    ]


def test_a_table_that_would_move_before_what_it_points_to_is_found(catalog):
    turned = (*MERGING.moves[::-1], *MERGING.left_whole)
    found = list(find_undeclared(catalog, replace(MERGING, tables=turned)))
    assert "dossiers_party.dossier_id: points to dossiers_dossier, which does not move before it" in found


def test_a_table_that_is_not_there_is_found(catalog):
    more = (*MERGING.tables, LeaveWhole("dossiers_ghost", "không có"))
    assert list(find_undeclared(catalog, replace(MERGING, tables=more))) == [
        "dossiers_ghost: declared, but there is none"
    ]
