"""What a process remembers of hosts, and how it learns of a change made in another one."""

import subprocess
import sys
import time

import pytest
import redis
import structlog
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tenants.registry import places, stamp
from tenants.registry.context import central_context
from tenants.registry.models import Domain, Tenant
from tenants.registry.places import find_place, follow_successors, forget_hosts

ELSEWHERE = """
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {database!r}
from tenants.registry.models import Tenant
from tenants.registry.places import forget_hosts
Tenant.objects.filter(code={code!r}).update(state="SUSPENDED")
forget_hosts()
"""


@pytest.fixture
def a_second_later():
    """The next look at the stamp is due now."""

    def pass_a_second():
        places._memory.look_at = 0.0

    return pass_a_second


def test_find_place_asks_the_database_once(gia_lai, ha_noi):
    with CaptureQueriesContext(connection) as first:
        assert find_place("gialai.localhost").tenant.code == "H21"
        assert find_place("hanoi.localhost").tenant.code == "H26"
        assert find_place("nobody.localhost") is None
    assert len([one for one in first.captured_queries if "registry_domain" in one["sql"]]) == 3
    with CaptureQueriesContext(connection) as again:
        assert find_place("gialai.localhost").tenant.code == "H21"
        assert find_place("nobody.localhost") is None
    assert len(again.captured_queries) == 0


def test_find_place_names_the_host_at_which_people_find_it_now(gia_lai, ha_noi):
    with central_context():
        Domain.objects.create(domain="cu.localhost", tenant=gia_lai, is_primary=False, redirects=True)
        Domain.objects.create(domain="khac.localhost", tenant=gia_lai, is_primary=False)
    assert find_place("cu.localhost")[1:] == (True, "gialai.localhost")
    assert find_place("khac.localhost")[1:] == (False, "")


def test_follow_successors_goes_to_the_end_of_the_chain(gia_lai, ha_noi, now):
    with central_context():
        first, second = (
            Tenant.objects.create(
                schema_name=f"x{number}",
                public_id=f"00000000-0000-0000-0000-00000000000{number}",
                code=f"X0{number}",
                name="x",
                kind="PROVINCE",
                state="RETIRED",
                retired_at=now,
                created_at=now,
            )
            for number in (1, 2)
        )
        second.successor, first.successor = ha_noi, second
        second.save()
        first.save()
        Domain.objects.create(domain="x1.localhost", tenant=first, is_primary=True)
        assert follow_successors(first) == ha_noi
    assert find_place("x1.localhost").moved_to == "hanoi.localhost"


def test_a_suspension_in_another_process_is_felt_at_the_next_look(throwaway_tenant, a_second_later):
    """Without the stamp (``_memory.look`` doing nothing) the tenant is READY here for the rest of the 30 s."""
    host = f"{throwaway_tenant.schema_name}.localhost"
    assert find_place(host).tenant.state == "READY"
    script = ELSEWHERE.format(database=connection.settings_dict["NAME"], code=throwaway_tenant.code)
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)
    a_second_later()
    assert find_place(host).tenant.state == "SUSPENDED"


def test_the_stamp_is_looked_at_once_a_second_at_most(gia_lai, monkeypatch):
    looks = []
    real = stamp.read_stamp
    monkeypatch.setattr(stamp, "read_stamp", lambda: looks.append(1) or real())
    places._memory.look_at = 0.0
    started = time.monotonic()
    for _ in range(2000):
        find_place("gialai.localhost")
    assert len(looks) <= 1 + int(time.monotonic() - started)


@pytest.fixture
def valkey_down(monkeypatch):
    """A client of the same kind, at a port where nobody listens."""
    dead = redis.Redis(port=1, socket_timeout=0.25, socket_connect_timeout=0.25, retry=None)
    monkeypatch.setattr(stamp, "_client", lambda: dead)


def test_hosts_are_found_while_valkey_is_down(gia_lai, valkey_down):
    """With the except of ``_memory.look`` taken out every request fails."""
    places._memory.look_at = 0.0
    with structlog.testing.capture_logs() as logged:
        assert find_place("gialai.localhost").tenant.code == "H21"
        places._memory.look_at = 0.0
        assert find_place("gialai.localhost").tenant.code == "H21"
    assert [line["event"] for line in logged] == ["stamp not read"] * 2
    assert places._memory.look_at > time.monotonic() + 3  # it rests, instead of asking every second


def test_forget_hosts_works_here_while_valkey_is_down(gia_lai, valkey_down):
    assert find_place("gialai.localhost").tenant.notice == ""
    with central_context():
        Tenant.objects.filter(code="H21").update(notice="đã đổi")
    forget_hosts()
    assert find_place("gialai.localhost").tenant.notice == "đã đổi"


def test_an_answer_read_before_a_change_is_not_remembered_after_it(gia_lai, monkeypatch):
    """With the comparison of turns taken out the old answer stands for 30 s."""
    real = places._read

    def slow(host):
        found = real(host)
        with central_context():
            Tenant.objects.filter(code="H21").update(notice="đã đổi")
        forget_hosts()
        return found

    monkeypatch.setattr(places, "_read", slow)
    find_place("gialai.localhost")
    monkeypatch.setattr(places, "_read", real)
    assert find_place("gialai.localhost").tenant.notice == "đã đổi"


def test_other_processes_are_told_only_when_the_change_is_committed(throwaway_tenant):
    before = stamp.read_stamp()
    with transaction.atomic():
        forget_hosts()
        assert stamp.read_stamp() == before
    assert stamp.read_stamp() != before
