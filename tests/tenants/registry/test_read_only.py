"""A tenant that may only be read: the database itself refuses to write.

Real commits and a real pool. Seen failing without the guard: with ``_GUARDED``
empty in tenants/registry/postgresql/base.py the first and third tests write their
rows; with ``SET TRANSACTION`` taken out of ``_bind`` the two about transactions
that begin in another sort fail; with ``_close`` of the stock backend the one
about the pool fails, because the next tenant's transaction begins read-only.
"""

import pytest
from django.db import InternalError, connection, transaction

from kernel.http.models import IdempotencyKey
from tenants.registry.context import central_context, tenant_context, writing
from tenants.registry.models import OperatorAct, Tenant
from tenants.registry.postgresql.base import is_write_refused
from tenants.registry.selectors import find_tenant
from tenants.registry.sessions import SessionStore


@pytest.fixture
def looked_at(throwaway_tenant):
    """The throwaway tenant, which stays bound, as one that may only be read; the connection begins as it comes from the pool."""
    throwaway_tenant.state = "READ_ONLY"
    connection.close()
    return throwaway_tenant


def _write(key, now):
    return IdempotencyKey.objects.create(scope="x", key=key, fingerprint="f", created_at=now)


def _writable(tenant):
    return Tenant(schema_name=tenant.schema_name, code=tenant.code, state="READY")


@pytest.mark.parametrize("state", ["READ_ONLY", "RETIRED"])
def test_no_statement_writes(throwaway_tenant, now, state):
    throwaway_tenant.state = state
    with tenant_context(throwaway_tenant):
        with pytest.raises(InternalError) as refused:
            _write("1", now)
        assert is_write_refused(refused.value)
        assert IdempotencyKey.objects.count() == 0


@pytest.mark.parametrize("state", ["READY", "PREPARING", "SUSPENDED"])
def test_the_operators_own_work_goes_on_in_the_other_states(throwaway_tenant, now, state):
    throwaway_tenant.state = state
    with tenant_context(throwaway_tenant):
        _write("1", now)
        assert IdempotencyKey.objects.count() == 1


def test_no_transaction_writes_though_it_begins_on_a_fresh_connection(looked_at, now):
    with tenant_context(looked_at), pytest.raises(InternalError), transaction.atomic():
        _write("1", now)
    with tenant_context(_writable(looked_at)):
        assert IdempotencyKey.objects.count() == 0


def test_a_transaction_that_begins_at_the_centre_does_not_write_either_while_only_reading(looked_at, now):
    """With ``_only_reading`` left out of ``_wanted`` the transaction begins read-write and the row is there."""
    with connection.only_reading(), tenant_context(looked_at), pytest.raises(InternalError):
        with transaction.atomic():
            with central_context():
                Tenant.objects.count()
            _write("1", now)
    with tenant_context(_writable(looked_at)):
        assert IdempotencyKey.objects.count() == 0


def test_the_next_tenant_writes_in_a_transaction_of_its_own(looked_at, now):
    with tenant_context(looked_at):
        IdempotencyKey.objects.count()
    with tenant_context(_writable(looked_at)), transaction.atomic():
        _write("1", now)
    with tenant_context(looked_at):
        assert IdempotencyKey.objects.count() == 1


def test_the_centre_writes_after_a_tenant_was_read(looked_at, now):
    """Rolled back, so that the trail stays as it was: that it may write at all is the point."""
    with tenant_context(looked_at):
        IdempotencyKey.objects.count()
    with central_context(), transaction.atomic():
        OperatorAct.objects.create(at=now, operator_name="x", action="x")
        transaction.set_rollback(True)


def test_a_connection_goes_back_to_the_pool_as_it_came(looked_at, now):
    with tenant_context(looked_at):
        IdempotencyKey.objects.count()
        connection.close()
    with tenant_context(_writable(looked_at)):
        for number in range(4):  # whichever connection of the pool comes
            with transaction.atomic():
                _write(str(number), now)
            connection.close()
        assert IdempotencyKey.objects.count() == 4


def test_writing_is_a_moment(looked_at, now):
    with tenant_context(looked_at):
        IdempotencyKey.objects.count()
        with writing(), transaction.atomic():
            _write("1", now)
        with pytest.raises(InternalError):
            _write("2", now)
        with writing():
            _write("3", now)
        assert sorted(IdempotencyKey.objects.values_list("key", flat=True)) == ["1", "3"]


def test_the_guard_stands_after_a_rollback(looked_at, now):
    for _ in range(2):
        with tenant_context(looked_at), pytest.raises(KeyError), transaction.atomic():
            IdempotencyKey.objects.count()
            raise KeyError
        with tenant_context(looked_at), pytest.raises(InternalError), transaction.atomic():
            _write("1", now)
        with tenant_context(_writable(looked_at)), pytest.raises(KeyError), transaction.atomic():
            _write("1", now)
            raise KeyError
    with tenant_context(_writable(looked_at)):
        with transaction.atomic():
            _write("2", now)
        assert IdempotencyKey.objects.count() == 1


def test_sessions_are_kept_all_the_same(looked_at):
    with tenant_context(looked_at):
        session = SessionStore()
        session["x"] = 1
        session.save()
        again = SessionStore(session.session_key)
        assert again["x"] == 1
        again.flush()
        assert not SessionStore(session.session_key).exists(session.session_key)


def test_the_state_in_the_register_is_what_guards(throwaway_tenant, now):
    with central_context():
        Tenant.objects.filter(id=throwaway_tenant.id).update(state="READ_ONLY")
    with tenant_context(find_tenant(throwaway_tenant.code)), pytest.raises(InternalError):
        _write("1", now)
