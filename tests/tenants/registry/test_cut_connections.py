"""After the database has restarted, nobody is given a connection that it has cut.

A pool of the wrapper's own, as in production. Seen to fail with ``get_new_connection`` of the stock backend: the first
statement on each cut connection is somebody's page of failure.
"""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError, connection

from tenants.registry.postgresql import base
from tenants.registry.postgresql.base import is_unreachable


@pytest.fixture
def pooled(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        connection.close()
        yield
        connection.close()


def test_a_connection_that_the_server_cut_is_given_to_nobody(pooled):
    connection.ensure_connection()
    pool, facts = connection.pool, connection.get_connection_params()
    connection.close()
    assert pool is not None
    taken = [pool.getconn() for _number in range(pool.get_stats()["pool_available"])]
    cut = [one.info.backend_pid for one in taken]
    for one in taken:
        pool.putconn(one)
    own = {name: facts[name] for name in ("host", "port", "user", "password", "dbname")}
    with psycopg.connect(**own, autocommit=True) as other:
        for pid in cut:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] not in cut
    assert cut


@pytest.fixture
def emptied(pooled) -> Iterator[list[psycopg.Connection]]:
    """All that the pool may hold is out, as when the server does not answer: whoever comes now waits."""
    connection.ensure_connection()
    pool = connection.pool
    connection.close()
    taken = [pool.getconn() for _number in range(pool.max_size)]
    yield taken
    for one in taken:
        pool.putconn(one)


def test_who_comes_after_one_that_waited_in_vain_is_told_soon(emptied, monkeypatch):
    """Until somebody has had a connection again. Seen to fail without ``_take``: each waits as long as the first."""
    pool, facts = connection.pool, connection.settings_dict["OPTIONS"]["pool"]
    monkeypatch.setitem(facts, "timeout", 0.5)
    monkeypatch.setattr(pool, "timeout", 0.5)
    monkeypatch.setattr(base, "WAIT_WHILE_AWAY_SECONDS", 0.1)
    for _number in range(2):
        with pytest.raises(OperationalError) as refused:
            connection.ensure_connection()
        assert is_unreachable(refused.value)
        assert pool.timeout == 0.1
    pool.putconn(emptied.pop())
    connection.ensure_connection()
    assert pool.timeout == 0.5


def test_is_unreachable_tells_a_server_that_is_away_from_one_that_refuses():
    assert is_unreachable(psycopg.OperationalError("connection refused"))
    assert is_unreachable(psycopg.errors.AdminShutdown())
    assert not is_unreachable(psycopg.errors.LockNotAvailable())
    assert not is_unreachable(ValueError())
    assert not is_unreachable(None)
