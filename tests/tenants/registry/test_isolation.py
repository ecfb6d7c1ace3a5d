"""Nobody leaks across tenants: connection, cache, files, tasks, threads."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from celery.exceptions import Reject
from django.core.cache import cache
from django.core.exceptions import SuspiciousFileOperation
from django.db import DatabaseError, connection, transaction

from kernel.http.models import IdempotencyKey
from project.celery import app
from tenants.provisioning.migrating import as_owner
from tenants.registry.context import NoTenant, central_context, find_current_tenant, tenant_context
from tenants.registry.models import Tenant
from tenants.registry.storage import require_own_key, tenant_key
from tenants.registry.tasks import TenantTask


def _mark(tenant, now):
    with tenant_context(tenant):
        IdempotencyKey.objects.create(scope=tenant.code, key="k", fingerprint="f", created_at=now)


def _who():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('search_path')")
        return cursor.fetchone()


def test_the_role_and_the_path_follow_the_tenant(gia_lai, ha_noi):
    for tenant in (gia_lai, ha_noi, gia_lai):
        with tenant_context(tenant):
            role, path = _who()
            assert role.endswith(f"__{tenant.schema_name}")
            assert path == f'"{tenant.schema_name}", extensions'
    assert _who()[1] == '"public", extensions'


def test_a_tenant_cannot_read_another_schema_even_by_name(gia_lai, ha_noi, now):
    """The second wall. With ``SET ROLE`` taken out of the backend the row of Hà Nội is read."""
    _mark(ha_noi, now)
    with (
        tenant_context(gia_lai),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM h26.http_idempotencykey")


def test_a_tenant_cannot_read_the_centre(in_gia_lai):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM public.registry_tenant")


def test_a_missing_table_fails_instead_of_falling_back(in_gia_lai):
    """With ``public`` in the search_path the operators' rows would be read."""
    with (
        pytest.raises(DatabaseError, match="does not exist"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT * FROM registry_operator")


def test_a_tenant_cannot_become_its_owner_or_another(in_gia_lai):
    for statement in (
        "DROP TABLE audit_entry",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "CREATE TABLE x (y int)",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_path_that_cannot_be_set_stops_the_work(throwaway_tenant, now):
    """The stock backend swallows the error and goes on in the schema of before; ours does not.

    Outside a transaction, where nothing else would stop it: with ``return`` in
    place of ``raise`` the row of the tenant of before is counted.
    """
    _mark(throwaway_tenant, now)
    lost = Tenant(schema_name="no_such", code="X00", name="x", kind="PROVINCE")
    with tenant_context(lost), pytest.raises(DatabaseError):
        IdempotencyKey.objects.count()
    assert IdempotencyKey.objects.count() == 1


def test_rollback_does_not_leave_the_connection_in_another_tenant(gia_lai, ha_noi, now):
    _mark(gia_lai, now)
    with tenant_context(gia_lai):
        try:
            with transaction.atomic(), tenant_context(ha_noi):
                assert IdempotencyKey.objects.count() == 0
                raise KeyError
        except KeyError:
            pass
        assert _who()[0].endswith("__h21")
        assert IdempotencyKey.objects.get().scope == "H21"


def test_threads_do_not_swap_tenants(throwaway_tenant, django_db_setup, django_db_blocker):
    """1,200 switches on 8 threads with rollbacks in between, as in stack.md: never a wrong reader."""
    with central_context():
        tenants = list(Tenant.objects.exclude(schema_name="public"))
    wrong = []
    barrier = threading.Barrier(8)

    def work(seed):
        dice = random.Random(seed)
        try:
            barrier.wait()
            for _ in range(150):
                tenant = dice.choice(tenants)
                with tenant_context(tenant):
                    try:
                        with transaction.atomic():
                            if not _who()[0].endswith(f"__{tenant.schema_name}"):
                                wrong.append(tenant.code)
                            if dice.random() < 0.3:
                                raise KeyError
                    except KeyError:
                        pass
                if dice.random() < 0.2:
                    connection.close()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert wrong == []


def test_cache_keys_carry_the_tenant(gia_lai, ha_noi):
    with tenant_context(gia_lai):
        cache.set("x", "của Gia Lai")
    with tenant_context(ha_noi):
        assert cache.get("x") is None
    assert cache.get("x") is None
    with tenant_context(gia_lai):
        assert cache.get("x") == "của Gia Lai"


def test_file_keys_carry_the_tenant(gia_lai, ha_noi):
    with tenant_context(gia_lai):
        key = tenant_key("2026", "11", "abc")
        assert key == "h21/2026/11/abc"
        assert require_own_key(key) == key
    with tenant_context(ha_noi), pytest.raises(SuspiciousFileOperation):
        require_own_key(key)
    with tenant_context(gia_lai), pytest.raises(SuspiciousFileOperation):
        tenant_key("..", "h26")
    with pytest.raises(NoTenant):
        tenant_key("x")


seen: list[str] = []


class Probe(TenantTask):
    name = "tests.probe"
    abstract = False

    def run(self):
        seen.append(find_current_tenant().code)


_probe = app.register_task(Probe())


@pytest.fixture
def arrive():
    """The probe as it arrives at a worker with these headers; taken off again, since requests are a stack."""

    def push(headers):
        _probe.push_request(headers=headers, **headers)
        return _probe

    seen.clear()
    yield push
    _probe.pop_request()


def test_a_task_runs_in_the_tenant_it_was_sent_from(gia_lai, arrive):
    arrive({"tenant": "H21"})()
    assert seen == ["H21"]


def test_a_task_without_a_tenant_fails(db, arrive):
    """It never runs at the centre: without the guard it would run with ``public`` bound."""
    probe = arrive({})
    with pytest.raises(NoTenant):
        probe()
    with pytest.raises(NoTenant):
        probe.apply_async()
    assert seen == []


def test_a_task_of_a_suspended_tenant_is_rejected(gia_lai, arrive):
    with as_owner("public"):
        Tenant.objects.filter(id=gia_lai.id).update(state="SUSPENDED")
    probe = arrive({"tenant": "H21"})
    with pytest.raises(Reject):
        probe()
    assert seen == []


def _h21_lives_on_in_h26(gia_lai, ha_noi, now):
    with as_owner("public"):
        Tenant.objects.filter(id=gia_lai.id).update(state="RETIRED", retired_at=now, successor=ha_noi)


def test_a_task_sent_before_a_merge_runs_in_the_tenant_that_stayed(gia_lai, ha_noi, now, arrive):
    _h21_lives_on_in_h26(gia_lai, ha_noi, now)
    arrive({"tenant": "H21"})()
    assert seen == ["H26"]


def test_a_task_that_names_rows_does_not_run_in_another_schema(gia_lai, ha_noi, now):
    """Row 5 of the one is not row 5 of the other: with the look at the arguments taken out it runs in Hà Nội."""
    _h21_lives_on_in_h26(gia_lai, ha_noi, now)
    seen.clear()
    _probe.push_request(headers={"tenant": "H21"}, tenant="H21", kwargs={"row_id": 5})
    try:
        with pytest.raises(Reject):
            _probe()
    finally:
        _probe.pop_request()
    assert seen == []


@pytest.mark.parametrize("state", ["PREPARING", "READ_ONLY", "RETIRED"])
def test_a_task_runs_in_no_other_state_than_ready(gia_lai, now, arrive, state):
    with as_owner("public"):
        retired = now if state == "RETIRED" else None
        Tenant.objects.filter(id=gia_lai.id).update(state=state, retired_at=retired)
    with pytest.raises(Reject):
        arrive({"tenant": "H21"})()
    assert seen == []
