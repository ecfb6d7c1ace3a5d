"""Putting a release off: only one's own, only within the limit; the operator's turn and hours."""

from datetime import date, time, timedelta

import pytest

from apps.audit.models import Entry
from kernel.actors import Actor, ActorKind
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import Tenant
from tenants.releases.errors import (
    DeferralNotYours,
    DeferralTooEarly,
    DeferralTooLate,
    DeferralUseless,
    NothingDeferred,
    ReasonMissing,
    WindowIncomplete,
)
from tenants.releases.models import Rollout, UpgradeWish
from tenants.releases.services import cancel_deferral, defer_release, set_order_and_window
from tenants.releases.wishes import get_upgrade, list_wishes
from tests.statements import statements_of

OPERATOR = Actor(kind=ActorKind.OPERATOR, id=None, name="Nguyễn Văn Điều")
ADMIN = Actor(kind=ActorKind.STAFF, id=7, name="Lý Thị Quản Trị")
TODAY = date(2026, 11, 23)


def deferred(tenant, newest, now, by=ADMIN, until=TODAY + timedelta(days=3), reason="Bầu cử"):
    return defer_release(tenant=tenant, release=newest.name, until=until, reason=reason, by=by, now=now)


def nothing_changed() -> bool:
    with central_context():
        return not UpgradeWish.objects.exclude(deferred_release=None).exists() and list_acts() == []


def test_defer_release_is_kept_and_stands_in_both_trails(in_gia_lai, newest, now):
    deferred(in_gia_lai, newest, now)
    view = get_upgrade(tenant=in_gia_lai, now=now)
    assert (view.is_deferred, view.wish.deferred_until, view.wish.deferred_by) == (
        True,
        date(2026, 11, 26),
        "Lý Thị Quản Trị",
    )
    (act,) = list_acts(tenant_code="H21")
    assert (act.action, act.operator_id, act.reason) == ("upgrade.deferred", None, "Bầu cử")
    assert Entry.objects.get().after == {"release": newest.name, "until": "2026-11-26", "reason": "Bầu cử"}


def test_defer_release_of_another_tenant_is_refused(in_gia_lai, ha_noi, newest, now):
    """Take ``_require_own`` out of defer_release and Hà Nội's upgrade is put off by Gia Lai's administrator."""
    with pytest.raises(DeferralNotYours):
        deferred(ha_noi, newest, now)
    assert nothing_changed()
    assert not Entry.objects.exists()


def test_defer_release_is_not_for_programs_or_the_house(in_gia_lai, newest, now):
    for kind in (ActorKind.CLIENT, ActorKind.APPLICANT, ActorKind.SYSTEM, ActorKind.OPERATOR):
        with pytest.raises(DeferralNotYours):
            deferred(in_gia_lai, newest, now, by=Actor(kind=kind, id=1, name="x"))
    assert nothing_changed()


def test_defer_release_keeps_to_the_limit_of_the_release(in_gia_lai, newest, now):
    last_day = TODAY + timedelta(days=newest.defer_days)
    assert get_upgrade(tenant=in_gia_lai, now=now).last_day == last_day
    with pytest.raises(DeferralTooLate, match="Bản"):
        deferred(in_gia_lai, newest, now, until=last_day + timedelta(days=1))
    with pytest.raises(DeferralTooEarly):
        deferred(in_gia_lai, newest, now, until=TODAY)
    with pytest.raises(ReasonMissing):
        deferred(in_gia_lai, newest, now, reason=" ")
    assert nothing_changed()
    deferred(in_gia_lai, newest, now, until=last_day)


def test_the_limit_is_counted_from_the_first_rollout(in_gia_lai, newest, now):
    """A province cannot push the last day before itself by putting off again and again."""
    begun(newest, now - timedelta(days=5), now)
    last_day = TODAY + timedelta(days=newest.defer_days - 5)
    with pytest.raises(DeferralTooLate):
        deferred(in_gia_lai, newest, now, until=last_day + timedelta(days=1))
    assert nothing_changed()
    deferred(in_gia_lai, newest, now, until=last_day)


def test_defer_release_is_useless_for_what_is_there(in_gia_lai, newest, now):
    with central_context():
        Tenant.objects.filter(code="H21").update(release=newest.number)
    with pytest.raises(DeferralUseless):
        deferred(in_gia_lai, newest, now)
    with pytest.raises(DeferralUseless):
        defer_release(
            tenant=in_gia_lai,
            release="2999.1.1",
            until=TODAY + timedelta(days=1),
            reason="x",
            by=ADMIN,
            now=now,
        )
    assert nothing_changed()


def test_cancel_deferral_takes_it_back_once(in_gia_lai, newest, now):
    deferred(in_gia_lai, newest, now)
    cancel_deferral(tenant=in_gia_lai, by=ADMIN, now=now)
    assert not get_upgrade(tenant=in_gia_lai, now=now).is_deferred
    with pytest.raises(NothingDeferred):
        cancel_deferral(tenant=in_gia_lai, by=ADMIN, now=now)
    with tenant_context(in_gia_lai):
        assert Entry.objects.count() == 2


def test_cancel_deferral_of_another_tenant_is_refused(in_gia_lai, ha_noi, newest, now):
    with central_context():
        deferred(ha_noi, newest, now, by=OPERATOR)
    with pytest.raises(DeferralNotYours):
        cancel_deferral(tenant=ha_noi, by=ADMIN, now=now)
    assert list_wishes()[ha_noi.id].deferred_release == newest.number


def test_set_order_and_window_is_traced_and_may_pass_midnight(gia_lai, ha_noi, now):
    given = {"tenant": gia_lai, "order": 5, "by": OPERATOR, "now": now}
    set_order_and_window(window_from=time(22), window_to=time(4), **given)
    set_order_and_window(window_from=time(22), window_to=time(4), **given)
    assert {wish.order for wish in list_wishes().values()} == {5}
    assert [act.facts["after"] for act in list_acts(tenant_code="H21")] == [
        {"order": 5, "window": ["22:00", "04:00"]}
    ]
    for half in ({"window_from": time(1), "window_to": None}, {"window_from": time(1), "window_to": time(1)}):
        with pytest.raises(WindowIncomplete):
            set_order_and_window(**half, **given)
    assert len(list_acts(tenant_code="H21")) == 1


def test_get_upgrade_costs_the_same_whatever_there_is(in_gia_lai, newest, now):
    def cost() -> int:
        return len(statements_of(lambda: get_upgrade(tenant=in_gia_lai, now=now)))

    before = cost()
    for ago in (3, 2, 1):
        begun(newest, now - timedelta(days=ago), now)
    assert cost() == before


def begun(release, started_at, now) -> Rollout:
    with central_context():
        return Rollout.objects.create(
            release_id=release.id,
            state="STOPPED",
            stage="PILOT",
            started_by="Nguyễn Văn Điều",
            started_at=started_at,
            finished_at=now,
        )


def test_a_deferral_ends_on_its_day(in_gia_lai, newest, now):
    deferred(in_gia_lai, newest, now)
    assert get_upgrade(tenant=in_gia_lai, now=now + timedelta(days=2)).is_deferred
    assert not get_upgrade(tenant=in_gia_lai, now=now + timedelta(days=3)).is_deferred
