"""Flags: only those of the code, on by ring, and a tenant that is named goes before its ring."""

import getpass
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from kernel.actors import Actor, ActorKind
from kernel.errors import Refusals
from project.flags import FLAGS
from tenants.registry.acts import list_acts
from tenants.registry.enums import Ring
from tenants.releases.errors import FlagStillAsked, FlagUnknown
from tenants.releases.flags import forget_flags, is_on, list_flags
from tenants.releases.known_flags import KnownFlag, set_known_flags
from tenants.releases.manifests import list_manifests
from tenants.releases.services import drop_flag, set_flag
from tests.statements import statements_of

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=None, name="Nguyễn Văn Điều")


def declared(now, **given):
    wanted = {"title": "Bản đồ mới", "rings": [], "tenants_on": [], "tenants_off": []} | given
    return set_flag(key="ban-do-moi", by=OPERATOR, now=now, **wanted)


@pytest.fixture(autouse=True)
def _known():
    set_known_flags(
        [
            KnownFlag("ban-do-moi", "Bản đồ mới", since="2026.12.1"),
            KnownFlag("tra-cuu-cu", "Tra cứu", since="2026.12.1", on_until_set=True),
        ]
    )
    yield
    set_known_flags(FLAGS)


def test_is_on_of_a_flag_that_nobody_has_set_is_as_the_code_says(gia_lai):
    assert not is_on(key="ban-do-moi", tenant=gia_lai)
    assert is_on(key="tra-cuu-cu", tenant=gia_lai)


def test_is_on_knows_only_what_the_code_has_declared(gia_lai):
    """Seen before: a room that had mistyped its key was off everywhere, for ever, without a word."""
    with pytest.raises(KeyError):
        is_on(key="ban-do-moii", tenant=gia_lai)


def test_is_on_of_what_was_there_before_ends_where_an_operator_says(gia_lai, ha_noi, now):
    set_flag(key="tra-cuu-cu", title="", rings=[], tenants_on=["H21"], tenants_off=[], by=OPERATOR, now=now)
    assert (is_on(key="tra-cuu-cu", tenant=gia_lai), is_on(key="tra-cuu-cu", tenant=ha_noi)) == (True, False)


def test_every_flag_of_the_house_is_well_formed_and_of_a_release_that_is():
    keys = [flag.key for flag in FLAGS]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key) for key in keys)
    assert {flag.since for flag in FLAGS} <= {one.name for one in list_manifests()}


def test_is_on_follows_the_ring_and_the_tenants_named(gia_lai, ha_noi, now):
    gia_lai.ring = Ring.PILOT
    declared(now, rings=[Ring.PILOT])
    assert (is_on(key="ban-do-moi", tenant=gia_lai), is_on(key="ban-do-moi", tenant=ha_noi)) == (True, False)
    declared(now, rings=[Ring.PILOT], tenants_on=["H26"], tenants_off=["H21"])
    assert (is_on(key="ban-do-moi", tenant=gia_lai), is_on(key="ban-do-moi", tenant=ha_noi)) == (False, True)


def test_is_on_asks_nothing_when_warm(gia_lai, now):
    declared(now, rings=[Ring.GENERAL])
    forget_flags()
    assert is_on(key="ban-do-moi", tenant=gia_lai)
    assert statements_of(lambda: is_on(key="ban-do-moi", tenant=gia_lai)) == []


def test_set_flag_keeps_rings_in_the_order_of_rollouts(db, now):
    assert declared(now, rings=["GENERAL", "PILOT", "EARLY", "PILOT"]).rings == ["PILOT", "EARLY", "GENERAL"]


def test_set_flag_leaves_one_trace_a_change(db, now):
    declared(now, rings=[Ring.PILOT])
    declared(now, rings=[Ring.PILOT])
    acts = [act for act in list_acts() if act.action == "flag.set"]
    assert [act.facts["after"]["rings"] for act in acts] == [["PILOT"]]
    assert acts[0].operator_name == "Nguyễn Văn Điều"


def test_set_flag_refuses_everything_at_once_and_changes_nothing(db, now):
    with pytest.raises(Refusals) as refused:
        declared(now, rings=["SOON"], tenants_on=["H99"], tenants_off=["H98"])
    assert [one.field for one in refused.value.refusals] == ["rings", "tenants_on", "tenants_off"]
    with pytest.raises(FlagUnknown, match=r"“ban-do”.* Có: ban-do-moi, tra-cuu-cu"):
        set_flag(key="ban-do", title="x", rings=[], tenants_on=[], tenants_off=[], by=OPERATOR, now=now)
    assert list_flags() == []
    assert list_acts() == []


def test_drop_flag_takes_away_only_what_the_code_no_longer_has(gia_lai, now):
    declared(now, rings=[Ring.PILOT])
    with pytest.raises(FlagStillAsked, match="còn hỏi tới tính năng “ban-do-moi”"):
        drop_flag(key="ban-do-moi", by=OPERATOR, now=now)
    assert [flag.key for flag in list_flags()] == ["ban-do-moi"]
    set_known_flags([KnownFlag("tra-cuu-cu", "Tra cứu", since="2026.12.1", on_until_set=True)])
    drop_flag(key="ban-do-moi", by=OPERATOR, now=now)
    assert list_flags() == []
    act = list_acts(limit=1)[0]
    assert (act.action, act.facts["before"]["rings"]) == ("flag.dropped", ["PILOT"])
    with pytest.raises(FlagUnknown, match="Có: tra-cuu-cu"):
        drop_flag(key="ban-do-moi", by=OPERATOR, now=now)
    assert len(list_acts()) == 2


def test_the_command_drops_what_is_lost(gia_lai, now):
    declared(now, rings=[Ring.PILOT])
    with pytest.raises(CommandError, match=r"\[release.flag_still_asked\]"):
        call_command("flag", "drop", "ban-do-moi", stdout=StringIO())
    set_known_flags([])
    said = StringIO()
    call_command("flag", "drop", "ban-do-moi", stdout=said)
    assert (said.getvalue(), list_flags()) == ("ban-do-moi: đã xóa điều đã đặt.\n", [])


def test_the_command_keeps_what_is_not_said(gia_lai, now):
    call_command("flag", "set", "ban-do-moi", rings=["PILOT"], stdout=StringIO())
    call_command("flag", "set", "ban-do-moi", "--on", "H26", stdout=StringIO())
    said = StringIO()
    call_command("flag", "list", stdout=said)
    assert said.getvalue() == (
        "ban-do-moi  PILOT +H26  Bản đồ mới  (từ bản 2026.12.1)\n"
        "tra-cuu-cu  chưa đặt: mở  Tra cứu  (từ bản 2026.12.1)\n"
    )
    with pytest.raises(CommandError, match=r"\[release.flag_unknown\] .*Có: ban-do-moi, tra-cuu-cu"):
        call_command("flag", "set", "ban-do-cu", "--on", "H26", stdout=StringIO())
    assert (
        list_acts(limit=1)[0].operator_name == getpass.getuser()
    )  # nobody types another's name into the trail
    with pytest.raises(CommandError, match=r"\[release.tenant_unknown\] .*H99"):
        call_command("flag", "set", "ban-do-moi", "--on", "H99", stdout=StringIO())
