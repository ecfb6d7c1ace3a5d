"""The same request twice is one act."""

import threading

import pytest
from django.db import connection

from kernel.errors import DomainError
from kernel.http.idempotency import KeyInvalid, KeyReused, fingerprint, once
from kernel.http.models import IdempotencyKey
from tenants.registry.context import tenant_context


def _once(now, done, *, key="k1", body=b"a", scope="s"):
    def work():
        done.append(1)
        return {"number": len(done)}

    return once(scope=scope, key=key, fingerprint=fingerprint(body), now=now, work=work)


def test_once_does_the_work_once(in_gia_lai, now):
    done: list[int] = []
    assert _once(now, done) == ({"number": 1}, True)
    assert _once(now, done) == ({"number": 1}, False)
    assert _once(now, done, key="k2") == ({"number": 2}, True)


def test_once_refuses_another_body_under_the_same_key(in_gia_lai, now):
    done: list[int] = []
    _once(now, done)
    with pytest.raises(KeyReused):
        _once(now, done, body=b"b")
    assert len(done) == 1


@pytest.mark.parametrize("key", ["", "x" * 129])
def test_once_refuses_a_bad_key(in_gia_lai, now, key):
    with pytest.raises(KeyInvalid):
        _once(now, [], key=key)


def test_once_keeps_scopes_and_tenants_apart(gia_lai, ha_noi, now):
    done: list[int] = []
    for tenant in (gia_lai, ha_noi):
        with tenant_context(tenant):
            assert _once(now, done)[1]
            assert _once(now, done, scope="other")[1]
    assert len(done) == 4


def test_a_refused_work_leaves_the_key_free(in_gia_lai, now):
    class Refused(DomainError):
        code = "test.refused"
        sentence = "Không."

    def refuse():
        raise Refused

    with pytest.raises(Refused):
        once(scope="s", key="k", fingerprint="f", now=now, work=refuse)
    assert not IdempotencyKey.objects.exists()


def test_once_under_a_race_does_the_work_once(throwaway_tenant, now):
    """Ten connections, one key. Without the unique constraint (drop idempotency_key_is_used_once and make
    _take a plain INSERT) the work is done ten times."""
    done: list[int] = []
    answers = []
    start = threading.Barrier(10)

    def run():
        try:
            with tenant_context(throwaway_tenant):
                start.wait()
                answers.append(_once(now, done))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert sorted(fresh for _, fresh in answers) == [False] * 9 + [True]
    assert {answer["number"] for answer, _ in answers} == {1}
