"""A throw-away copy has every row, and nothing of the source is touched."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from tenants.provisioning.copying import ShapesDiffer, copy_schema, drop_schema
from tenants.provisioning.dumping import Script
from tenants.provisioning.scripts import get_script
from tenants.provisioning.shape import read_fingerprints
from tenants.provisioning.tables import bytes_of_rows, list_tables, names_taking_room, read_counters
from tests.lived_in import furnished_centre, live_in

COPY = "copy_of_a_tenant"


def _connect() -> psycopg.Connection:
    database = connections["default"].settings_dict
    return psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=database["NAME"],
        autocommit=True,
    )


@pytest.fixture
def owner(django_db_setup) -> Iterator[psycopg.Connection]:
    with _connect() as connection:
        yield connection
        drop_schema(connection, COPY)


@pytest.fixture
def lived_in(throwaway_tenant, now):
    with furnished_centre(now):
        live_in(throwaway_tenant, now)
        yield throwaway_tenant


def _rows(connection, schema):
    return {
        table.name: sorted(
            str(row) for row in connection.execute(f"SELECT t::text FROM {schema}.{table.name} t").fetchall()
        )
        for table in list_tables(connection, schema)
    }


def _schemas(connection):
    return {name for (name,) in connection.execute("SELECT nspname FROM pg_namespace").fetchall()}


def test_copy_schema_takes_every_row_and_leaves_the_source(lived_in, owner):
    source, script = lived_in.schema_name, get_script(lived_in.release)
    before = _rows(owner, source)
    assert sum(1 for rows in before.values() if rows) >= 25

    copied = copy_schema(owner, source=source, target=COPY, script=script)

    assert _rows(owner, COPY) == before == _rows(owner, source)
    assert copied == sum(map(len, before.values()))
    assert read_counters(owner, COPY) == read_counters(owner, source)
    fingerprints = read_fingerprints(owner.cursor(), [source, COPY])
    assert fingerprints[COPY] == fingerprints[source]
    assert bytes_of_rows(owner, COPY) > 1_000_000


def test_names_taking_room_knows_one_schema_from_another(owner):
    """Both have the table; a row that was taken back has left its page, and a page may always be asked for rows."""
    other = f"{COPY}_too"
    try:
        for schema in (COPY, other):
            owner.execute(f"CREATE SCHEMA {schema}")
            owner.execute(f"CREATE TABLE {schema}.filled (id integer)")
            owner.execute(f"CREATE TABLE {schema}.left_again (id integer)")
        owner.execute(f"INSERT INTO {COPY}.filled VALUES (1)")
        owner.execute(f"INSERT INTO {COPY}.left_again VALUES (1)")
        owner.execute(f"DELETE FROM {COPY}.left_again")
        assert names_taking_room(owner, COPY) == {"filled", "left_again"}
        assert names_taking_room(owner, other) == set()
        assert bytes_of_rows(owner, COPY) > bytes_of_rows(owner, other) == 0
        assert bytes_of_rows(owner, "no_such_schema") == 0
    finally:
        drop_schema(owner, other)


def test_copy_schema_lets_no_tenant_in(throwaway_tenant, owner):
    copy_schema(
        owner, source=throwaway_tenant.schema_name, target=COPY, script=get_script(throwaway_tenant.release)
    )
    strangers = owner.execute(
        "SELECT rolname FROM pg_roles WHERE rolname LIKE %s AND has_schema_privilege(oid, %s, 'USAGE')",
        [f"{settings.DATABASES['default']['NAME']}\\_\\_%", COPY],
    ).fetchall()
    assert strangers == []


def test_copy_schema_leaves_nothing_when_a_key_does_not_fit(throwaway_tenant, owner):
    """Take ``connection.transaction()`` out of copy_schema and the half copy stays behind."""
    script = get_script(throwaway_tenant.release)
    broken = Script(script.pre_sql, script.post_sql + "\nSELECT no_such_function();")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        copy_schema(owner, source=throwaway_tenant.schema_name, target=COPY, script=broken)
    assert COPY not in _schemas(owner)


def test_copy_schema_refuses_the_script_of_another_release(throwaway_tenant, owner):
    script = get_script(throwaway_tenant.release)
    other = Script(f"{script.pre_sql}\nCREATE TABLE tenant_template.newer (id int);", script.post_sql)
    with pytest.raises(ShapesDiffer, match="newer"):
        copy_schema(owner, source=throwaway_tenant.schema_name, target=COPY, script=other)
    assert COPY not in _schemas(owner)


def test_copy_schema_is_of_one_moment(throwaway_tenant, owner):
    """What is committed while the copy runs is in it whole or not at all.

    Take the isolation level out of copy_schema and the key is in the copy, but not the session of the same commit.
    """
    source = throwaway_tenant.schema_name
    script = get_script(throwaway_tenant.release)
    with ThreadPoolExecutor(1) as beside, _connect() as other:
        with other.transaction():
            other.execute(f"LOCK TABLE {source}.http_idempotencykey IN ACCESS EXCLUSIVE MODE")
            copying = beside.submit(copy_schema, owner, source=source, target=COPY, script=script)
            _wait_for_a_waiter(other, owner.info.backend_pid)
            other.execute(f"INSERT INTO {source}.django_session VALUES ('s', '', now())")
            other.execute(
                f"INSERT INTO {source}.http_idempotencykey (scope, key, fingerprint, created_at)"
                " VALUES ('x', 'k', 'f', now())"
            )
        copying.result(timeout=60)
    rows = _rows(owner, COPY)
    assert (rows["django_session"], rows["http_idempotencykey"]) == ([], [])


def _wait_for_a_waiter(connection, pid):
    for _attempt in range(500):
        if connection.execute("SELECT pg_blocking_pids(%s)", [pid]).fetchone()[0]:
            return
        time.sleep(0.02)
    raise AssertionError("the copy never came to the locked table")


def test_copy_schema_needs_a_transaction_of_its_own(throwaway_tenant, owner):
    with owner.transaction(), pytest.raises(RuntimeError, match="autocommit"):
        copy_schema(
            owner,
            source=throwaway_tenant.schema_name,
            target=COPY,
            script=get_script(throwaway_tenant.release),
        )
    assert COPY not in _schemas(owner)
