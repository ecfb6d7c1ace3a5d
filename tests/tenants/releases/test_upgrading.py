"""Steps that cannot be one transaction are done one by one, and a rerun goes on behind what is done."""

import pytest
from django.db import connection

from kernel.actors import SYSTEM
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Tenant
from tenants.releases import failing, outlasting
from tenants.releases.connecting import connect, tenant_lock
from tenants.releases.enums import RolloutState, SeatState, StepKind
from tenants.releases.runner import run_rollout
from tenants.releases.selectors import count_seats
from tenants.releases.services import start_rollout
from tests.tenants.releases.fleet import column, columns, make_release, seat_of

pytestmark = pytest.mark.usefixtures("committed")
INDEX = (
    StepKind.CONCURRENT_INDEX,
    'CREATE INDEX CONCURRENTLY "by_expiry" ON "django_session" ("session_data")',
)
FILL = (
    StepKind.BACKFILL,
    """
    WITH batch AS (
        SELECT id FROM audit_entry WHERE id > %(after)s ORDER BY id LIMIT 10
    ), noted AS (
        INSERT INTO filled
        SELECT id / (SELECT CASE WHEN count(*) > 0 AND batch.id = 51 THEN 0 ELSE 1 END FROM django_session)
          FROM batch RETURNING id
    )
    SELECT max(id) FROM noted
    """,
)
TABLE = (StepKind.TRANSACTION, "CREATE TABLE filled (id bigint)")


def _indexes(tenant):
    with as_owner("public"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = %s AND c.relname = 'by_expiry'",
            [tenant.schema_name],
        )
        return cursor.fetchall()


def _start(now):
    return start_rollout(release=None, by=SYSTEM, now=now, rehearse=False)


def test_upgrade_builds_an_index_beside_running_work_and_takes_up_a_broken_one(six, now, monkeypatch):
    """An index that was cut off is left INVALID by PostgreSQL: it is taken away and built again.

    Without looking for it, the second try fails with “already exists”.
    """
    monkeypatch.setattr(failing, "ATTEMPTS", 1)
    monkeypatch.setattr(outlasting, "PATIENCE_SECONDS", 0.3)
    release = make_release(column("indexed"), INDEX)
    rollout = _start(now)
    with connect(name="writer") as writer, writer.transaction():
        writer.execute(f"INSERT INTO {six[4].schema_name}.django_session VALUES ('open', '', now())")
        assert run_rollout().state == RolloutState.DONE
    assert count_seats(rollout.id) == {SeatState.DONE: 5, SeatState.FAILED: 1}
    assert _indexes(six[4]) == [("by_expiry", False)]
    assert "indexed" in columns(six[4], "accounts_user")  # the step before it is done, and noted as done
    with central_context():
        assert Tenant.objects.get(id=six[4].id).release == release.number - 1
    _start(now)
    assert run_rollout().state == RolloutState.DONE
    assert all(_indexes(tenant) == [("by_expiry", True)] for tenant in six)
    with central_context():
        assert Tenant.objects.get(id=six[4].id).release == release.number


def test_upgrade_takes_a_migration_whose_first_half_commits_by_itself(six, now):
    """It is noted with its second half only. Seen to fail when the closing transaction asks again what is pending: the
    index, which no transaction can build, is told to it a second time.
    """
    beside = (
        StepKind.CONCURRENT_INDEX,
        'CREATE INDEX CONCURRENTLY "by_halves" ON "django_session" ("session_data")',
    )
    release = make_release(beside, column("second_half"))
    with central_context():
        release.steps.update(migration="both_halves")
        release.steps.filter(ordinal=1).update(is_last=False)
    rollout = _start(now)
    assert run_rollout().state == RolloutState.DONE
    assert count_seats(rollout.id) == {SeatState.DONE: 6}
    for tenant in six:
        assert "second_half" in columns(tenant, "accounts_user")
        with tenant_context(tenant), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations WHERE name = 'both_halves'")
            assert cursor.fetchone() == (1,)


def test_upgrade_fills_in_batches_and_goes_on_where_it_was_cut(six, now, monkeypatch):
    """Without the mark in the batch's own transaction, rows of the first batches would be filled twice."""
    monkeypatch.setattr(failing, "ATTEMPTS", 1)
    tenant = six[3]
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (id, at, actor_kind, actor_name, action, subject_type, before, after, note)"
            " SELECT n, now(), 'SYSTEM', 'x', 'x', 'x', '{}', '{}', '' FROM generate_series(1, 100) AS n"
        )
    make_release(TABLE, FILL)
    rollout = _start(now)
    with tenant_context(tenant), connection.cursor() as cursor:  # from now on the 51st row cannot be filled
        cursor.execute("INSERT INTO django_session VALUES ('51', '', now())")
    assert run_rollout().state == RolloutState.DONE
    assert seat_of(rollout.id, tenant).state == SeatState.FAILED
    assert _filled(tenant) == (50, 50)
    with tenant_context(tenant), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_session")
    again = _start(now)
    assert run_rollout().state == RolloutState.DONE
    assert count_seats(again.id) == {SeatState.DONE: 1}
    assert _filled(tenant) == (100, 100)


def test_upgrade_leaves_a_schema_alone_that_somebody_else_has_in_hand(six, now, monkeypatch):
    """A restore or a merge holds the tenant's lock. Without it, both would change the schema."""
    monkeypatch.setattr(failing, "ATTEMPTS", 1)
    make_release(column("held"))
    rollout = _start(now)
    with connect(name="restore") as other:
        other.execute("SELECT pg_advisory_lock(%s)", [tenant_lock(six[5].id)])
        assert run_rollout().state == RolloutState.DONE
    assert seat_of(rollout.id, six[5]).state == SeatState.FAILED
    assert "khôi phục" in seat_of(rollout.id, six[5]).error
    assert "held" not in columns(six[5], "accounts_user")
    _start(now)
    assert run_rollout().state == RolloutState.DONE


def _filled(tenant):
    with as_owner(tenant.schema_name), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT id) FROM filled")
        return cursor.fetchone()


def test_milliseconds_of_a_tenant_count_the_release_itself(six, now):
    """Both go in one message. Take what is added to ``milliseconds`` out of ``finished`` and a fifth of a second is lost."""
    make_release((StepKind.TRANSACTION, "SELECT pg_sleep(0.2)"))
    rollout = _start(now)
    assert run_rollout().state == RolloutState.DONE
    assert all(200 <= seat_of(rollout.id, tenant).milliseconds < 5000 for tenant in six)


def test_new_tables_belong_to_the_tenants_role(six, now):
    """Take the grants out of the closing transaction and the tenant cannot read its own new table."""
    make_release(
        (StepKind.TRANSACTION, "CREATE TABLE novel (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY)")
    )
    _start(now)
    assert run_rollout().state == RolloutState.DONE
    with tenant_context(six[1]), connection.cursor() as cursor:
        cursor.execute("INSERT INTO novel DEFAULT VALUES RETURNING id")
        assert cursor.fetchone() == (1,)
