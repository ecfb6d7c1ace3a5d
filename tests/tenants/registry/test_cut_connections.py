"""After the database has restarted, nobody is given a connection that it has cut.

A pool of the wrapper's own, as in production. Seen to fail with ``get_new_connection`` of the stock backend: the first
statement on each cut connection is somebody's page of failure.
"""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection

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


def test_is_unreachable_tells_a_server_that_is_away_from_one_that_refuses():
    assert is_unreachable(psycopg.OperationalError("connection refused"))
    assert is_unreachable(psycopg.errors.AdminShutdown())
    assert not is_unreachable(psycopg.errors.LockNotAvailable())
    assert not is_unreachable(ValueError())
    assert not is_unreachable(None)
