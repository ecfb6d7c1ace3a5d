"""The addresses of a tenant: renamed, added, removed, refused."""

from io import StringIO

import pytest
from django.core.management import call_command

from kernel.actors import Actor, ActorKind
from tenants.provisioning import errors
from tenants.provisioning.services import (
    add_host,
    remove_host,
    rename_tenant,
    retire_tenant,
    set_host_answers,
)
from tenants.registry.acts import list_acts
from tenants.registry.addresses import public_address
from tenants.registry.context import tenant_context
from tenants.registry.models import Domain, OperatorAct, Tenant
from tenants.registry.places import find_place
from tenants.registry.selectors import find_tenant, list_domains

BY = Actor(kind=ActorKind.OPERATOR, id=7, name="Nguyễn Vận Hành")


@pytest.fixture(autouse=True)
def _two(gia_lai, ha_noi):
    pass


def _rename(now, **others):
    return rename_tenant(**{"code": "H21", "by": BY, "now": now} | others)


def _hosts(code="H21"):
    return [(one.domain, one.is_primary, one.redirects) for one in list_domains(find_tenant(code))]


def test_rename_tenant_keeps_the_old_host_as_one_that_sends_on(now):
    _rename(now, host="Pleiku.localhost", name="Tỉnh  Gia Lai mới")
    assert _hosts() == [("pleiku.localhost", True, False), ("gialai.localhost", False, True)]
    assert find_place("gialai.localhost").moved_to == "pleiku.localhost"
    assert find_tenant("H21").name == "Tỉnh Gia Lai mới"
    with tenant_context(find_tenant("H21")):
        assert public_address("/tra-cuu").startswith("http://pleiku.localhost")
    assert _hosts("H26") == [("hanoi.localhost", True, False)]
    (act,) = list_acts(tenant_code="H21")
    assert act.facts["host_before"] == "gialai.localhost"
    assert act.facts["name"] == "Tỉnh Gia Lai mới"


def test_rename_tenant_goes_back_to_a_host_of_before(now):
    _rename(now, host="pleiku.localhost")
    _rename(now, host="gialai.localhost")
    assert _hosts() == [("gialai.localhost", True, False), ("pleiku.localhost", False, True)]


def test_add_host_sends_on_or_answers_itself_and_remove_host_takes_it_away(now):
    add_host(code="H21", host="mot.localhost", answers=False, by=BY, now=now)
    add_host(code="H21", host="hai.localhost", answers=True, by=BY, now=now)
    assert find_place("mot.localhost").moved_to == "gialai.localhost"
    assert find_place("hai.localhost").moved_to == ""
    remove_host(code="H21", host="mot.localhost", by=BY, now=now)
    assert find_place("mot.localhost") is None
    assert [act.action for act in list_acts(tenant_code="H21")] == [
        "tenant.host_removed",
        "tenant.host_added",
        "tenant.host_added",
    ]


def _remove(now, host, **others):
    remove_host(**{"code": "H21", "host": host, "by": BY, "now": now} | others)


def test_remove_host_takes_the_primary_one_away_when_another_takes_its_place(now):
    _remove(now, "gialai.localhost", instead=" Pleiku.localhost")
    assert _hosts() == [("pleiku.localhost", True, False)]
    assert find_place("gialai.localhost") is None
    (act,) = list_acts(tenant_code="H21")
    assert act.facts == {"host": "gialai.localhost", "primary": "pleiku.localhost"}


def _set_answers(now, host, answers):
    set_host_answers(code="H21", host=host, answers=answers, by=BY, now=now)


def test_set_host_answers_changes_between_answering_and_sending_on(now):
    add_host(code="H21", host="mot.localhost", answers=False, by=BY, now=now)
    _set_answers(now, "mot.localhost", True)
    assert find_place("mot.localhost").moved_to == ""
    _set_answers(now, "mot.localhost", False)
    assert find_place("mot.localhost").moved_to == "gialai.localhost"
    assert [act.facts["answers"] for act in list_acts(tenant_code="H21")] == [False, True, False]


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda now: _remove(now, "gialai.localhost", instead="gialai.localhost"), errors.HostIsPrimary),
        (lambda now: _remove(now, "gialai.localhost", instead="hanoi.localhost"), errors.HostTaken),
        (lambda now: _remove(now, "gialai.localhost", instead="có dấu"), errors.HostInvalid),
        (lambda now: _set_answers(now, "gialai.localhost", False), errors.HostIsPrimary),
        (lambda now: _set_answers(now, "hanoi.localhost", False), errors.HostUnknown),
        (lambda now: _rename(now, host="hanoi.localhost"), errors.HostTaken),
        (lambda now: _rename(now, host="localhost"), errors.HostTaken),
        (lambda now: _rename(now, host="có dấu"), errors.HostInvalid),
        (lambda now: _rename(now, host="-x.localhost"), errors.HostInvalid),
        (lambda now: _rename(now), errors.NothingToChange),
        (lambda now: _rename(now, host="gialai.localhost", name="Tỉnh Gia Lai"), errors.NothingToChange),
        (lambda now: _rename(now, code="H99", host="x.localhost"), errors.TenantUnknown),
        (
            lambda now: add_host(code="H21", host="hanoi.localhost", answers=True, by=BY, now=now),
            errors.HostTaken,
        ),
        (lambda now: add_host(code="H21", host="", answers=True, by=BY, now=now), errors.HostInvalid),
        (
            lambda now: remove_host(code="H21", host="gialai.localhost", by=BY, now=now),
            errors.HostIsPrimary,
        ),
        (
            lambda now: remove_host(code="H21", host="hanoi.localhost", by=BY, now=now),
            errors.HostUnknown,
        ),
    ],
)
def test_a_refusal_changes_and_records_nothing(now, act, refusal):
    before = (list(Domain.objects.order_by("id").values()), list(Tenant.objects.order_by("id").values()))
    with pytest.raises(refusal):
        act(now)
    after = (list(Domain.objects.order_by("id").values()), list(Tenant.objects.order_by("id").values()))
    assert after == before
    assert OperatorAct.objects.count() == 0


def test_a_retired_tenant_gets_no_new_address(now):
    retire_tenant(code="H21", confirm="H21", reason="x", by=BY, now=now)
    for act in (
        lambda: _rename(now, host="x.localhost"),
        lambda: add_host(code="H21", host="x.localhost", answers=True, by=BY, now=now),
    ):
        with pytest.raises(errors.StateNotFit):
            act()
    with pytest.raises(errors.HostIsPrimary):
        _remove(now, "gialai.localhost", instead="x.localhost")
    assert _hosts() == [("gialai.localhost", True, False)]


def test_the_commands_do_the_same(db):
    told = StringIO()
    call_command("tenant", "rename", "H21", "--host", "pleiku.localhost", stdout=told)
    call_command("tenant", "host", "add", "H21", "phu.localhost", "--answers", stdout=told)
    call_command("tenant", "host", "add", "H21", "mot.localhost", stdout=told)
    call_command("tenant", "host", "remove", "H21", "mot.localhost", stdout=told)
    told = StringIO()
    call_command("tenant", "host", "list", "H21", stdout=told)
    assert told.getvalue().splitlines() == [
        "pleiku.localhost\tchính",
        "gialai.localhost\tchuyển tiếp",
        "phu.localhost\tphụ",
    ]
