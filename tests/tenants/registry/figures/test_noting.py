"""Figures on their way: from requests of two tenants into Valkey and out again."""

import os
import threading
import time
from datetime import timedelta

import pytest
import redis
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from tenants.registry.figures import middleware, noting
from tenants.registry.figures.noting import Notebook
from tenants.registry.figures.reading import read_crowd, read_figures


@pytest.fixture
def book():
    return Notebook()


def _read(tenant):
    moment = timezone.now()
    return read_figures(
        tenant=tenant, since=moment - timedelta(minutes=1), until=moment + timedelta(seconds=1)
    )


def _note(book, tenant, times=1, **changed):
    for _each in range(times):
        book.note(
            **{"schema": tenant.schema_name, "page_class": "desk", "failed": False, "seconds": 0.02} | changed
        )


def test_read_figures_never_mixes_two_tenants(book, gia_lai, ha_noi):
    """Isolation. Seen to fail with ``figures:{minute}`` as the key in ``key_of``: both tenants read 7 requests."""
    _note(book, gia_lai, 4)
    _note(book, gia_lai, failed=True)
    _note(book, ha_noi, 2, page_class="api")
    assert book.flush()
    here, there = _read(gia_lai), _read(ha_noi)
    assert {name: (one.requests, one.errors) for name, one in here.items()} == {"desk": (5, 1)}
    assert {name: (one.requests, one.errors) for name, one in there.items()} == {"api": (2, 0)}


def test_flush_adds_to_what_other_processes_sent(book, gia_lai):
    other = Notebook()
    _note(book, gia_lai, 3)
    _note(other, gia_lai, 2, seconds=1.0)
    assert book.flush()
    assert other.flush()
    assert book.flush()  # nothing is sent twice
    assert _read(gia_lai)["desk"].requests == 5
    assert 1000 <= _read(gia_lai)["desk"].p95 <= 1150


def test_read_figures_leaves_out_what_lies_before_the_span(book, gia_lai):
    _note(book, gia_lai, 3)
    book.flush()
    later = timezone.now() + timedelta(seconds=noting.SLOT_SECONDS)
    assert read_figures(tenant=gia_lai, since=later, until=later + timedelta(minutes=2)) == {}


def test_flush_lets_figures_expire(book, gia_lai):
    _note(book, gia_lai)
    book.flush()
    with noting.connect() as client:
        (key,) = client.keys(f"{gia_lai.schema_name}:figures:*")
        assert 0 < client.ttl(key) <= noting.KEPT_SECONDS


def test_the_thread_sends_the_last_figures_when_traffic_stops(book, gia_lai):
    _note(book, gia_lai, 3)
    until = time.monotonic() + 20
    while not _read(gia_lai) and time.monotonic() < until:
        time.sleep(0.1)
    assert _read(gia_lai)["desk"].requests == 3


def test_a_valkey_that_is_down_loses_figures_and_breaks_no_request(gia_lai):
    """Seen to fail without the ``except`` in ``flush``: the thread dies of ConnectionError and memory grows."""
    nobody = Notebook(lambda: redis.Redis(host="127.0.0.1", port=1, socket_connect_timeout=0.2))
    _note(nobody, gia_lai, 3)
    assert nobody.flush() is False
    _note(nobody, gia_lai)
    assert nobody._thread.is_alive()


def test_a_child_of_a_fork_counts_for_itself(book, gia_lai):
    """A worker must not wait for a lock that a thread of its parent held, and has no thread of the parent's."""
    parent_lock = noting.notebook._lock
    with parent_lock:
        child = os.fork()
        if child == 0:
            free = noting.notebook._lock.acquire(blocking=False) and noting.notebook._thread is None
            os._exit(0 if free else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert noting.notebook._lock is parent_lock


def test_note_from_many_threads_loses_nothing(book, gia_lai):
    threads = [threading.Thread(target=_note, args=(book, gia_lai, 200)) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    book.flush()
    assert _read(gia_lai)["desk"].requests == 1600


@pytest.fixture
def passed(monkeypatch):
    """Requests through the middleware, counted by a notebook of the test's own."""
    book = Notebook()
    monkeypatch.setattr(middleware, "notebook", book)

    def send(tenant, path, answer, **headers):
        request = RequestFactory(headers=headers).get(path)
        request.tenant = tenant
        assert middleware.FiguresMiddleware(lambda _request: answer)(request) is answer
        book.flush()

    return send


@pytest.mark.parametrize(
    ("path", "page_class"),
    [
        ("/", "citizen"),
        ("/thu-tuc/1.001193/", "citizen"),
        ("/desk/?view=unit", "desk"),
        ("/setup/units/", "setup"),
        ("/api/v1/dossiers", "api"),
        ("/sign-in/", "entrance"),
    ],
)
def test_middleware_counts_a_request_in_its_class(passed, gia_lai, path, page_class):
    passed(gia_lai, path, HttpResponse())
    assert {name: one.requests for name, one in _read(gia_lai).items()} == {page_class: 1}


def test_middleware_leaves_out_static_files(passed, gia_lai):
    passed(gia_lai, "/static/a.css", HttpResponse())
    assert _read(gia_lai) == {}


@pytest.mark.parametrize(
    ("status", "headers", "errors"),
    [
        (200, {}, 0),
        (404, {}, 0),
        (422, {}, 0),
        (500, {}, 1),
        (503, {}, 1),
        (503, {"Retry-After": "60"}, 0),
        (500, {"Retry-After": "60"}, 1),
    ],
)
def test_middleware_counts_failures_but_not_answers_on_purpose(passed, gia_lai, status, headers, errors):
    passed(gia_lai, "/desk/", HttpResponse(status=status, headers=headers))
    assert _read(gia_lai)["desk"].errors == errors


def test_middleware_counts_people_in_the_crowd_and_not_the_platform_s_own_checks(passed, gia_lai, settings):
    """Otherwise the smoke check of a gate would slow the next ring down at night."""
    noting.notebook.flush()  # what earlier tests' requests have left
    moment = timezone.now() + timedelta(
        seconds=noting.SLOT_SECONDS
    )  # reads this slot, and the next if that begins
    before = read_crowd(now=moment)
    for _each in range(5):
        passed(gia_lai, "/desk/", HttpResponse(), **{"user-agent": settings.PROBE_AGENT})
    assert read_crowd(now=moment) == before
    for _each in range(5):
        passed(gia_lai, "/desk/", HttpResponse(), **{"user-agent": "Mozilla/5.0"})
    assert read_crowd(now=moment) > before
    assert _read(gia_lai)["desk"].requests == 10  # a gate's figures hold both
