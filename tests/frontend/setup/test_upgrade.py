"""The next release as the province's IT people see it: what, when, and putting it off within the limit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tenants.registry.acts import list_acts
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.models import Release, Rollout, UpgradeWish
from tenants.releases.wishes import list_wishes


@pytest.fixture
def newest(gia_lai, ha_noi, every_release_is_served) -> Release:
    with central_context():
        newest = Release.objects.order_by("-number").first()
        Tenant.objects.filter(code__in=["H21", "H26"]).update(release=newest.number - 1)
    return newest


def later(days: int) -> str:
    return f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}"


def put_off(client, newest, **given):
    asked = {"release": newest.name, "until": later(2), "reason": "Bầu cử"} | given
    return client.post("/setup/upgrade/defer/", asked)


def test_the_page_says_what_will_change_and_by_when(admin, newest):
    page = admin.get("/setup/upgrade/").content.decode()
    assert newest.title in page
    assert f"{timezone.localdate() + timedelta(days=newest.defer_days):%d/%m/%Y}" in page
    assert newest.title in admin.get("/setup/").content.decode()


@pytest.mark.parametrize(("days", "words"), [(0, "không được hoãn"), (3, "đã hết")])
def test_nothing_is_offered_when_it_cannot_be_put_off(admin, newest, days, words):
    """Seen to fail: a form stood there whose latest day was over."""
    with central_context():
        Release.objects.filter(id=newest.id).update(defer_days=days)
        Rollout.objects.create(
            release=newest,
            state="STOPPED",
            stage="PILOT",
            started_by="x",
            started_at=timezone.now() - timedelta(days=5),
        )
    page = admin.get("/setup/upgrade/").content.decode()
    assert words in page
    assert 'name="until"' not in page
    assert "chưa bắt đầu" in page
    assert "không hoãn thêm được" in admin.get("/setup/").content.decode()


def test_nothing_waits_when_the_newest_is_there(admin):
    page = admin.get("/setup/upgrade/").content.decode()
    assert "Không có bản nào đang chờ" in page
    assert "Hoãn bản" not in page


def test_putting_off_and_taking_it_back(admin, newest, gia_lai):
    assert put_off(admin, newest).status_code == 302
    assert list_wishes()[gia_lai.id].deferred_release == newest.number
    page = admin.get("/setup/upgrade/").content.decode()
    assert 'value="Bầu cử"' in page  # another day is typed over what stands
    assert admin.post("/setup/upgrade/undefer/").status_code == 302
    assert list_wishes()[gia_lai.id].deferred_release is None
    assert [act.action for act in list_acts(tenant_code="H21")] == [
        "upgrade.deferral_cancelled",
        "upgrade.deferred",
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"until": later(99)}, "chậm nhất vào ngày"),
        ({"until": later(0)}, "phải sau hôm nay"),
        ({"until": "mai"}, "ngày/tháng/năm"),
        ({"reason": " "}, "Cần ghi lý do"),
        ({"release": "2999.1.1"}, "Bản 2999.1.1 không chờ Tỉnh Gia Lai"),
    ],
)
def test_a_refusal_stands_beside_the_field_and_changes_nothing(admin, newest, given, words):
    answer = put_off(admin, newest, **given)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert nothing_changed()


@pytest.mark.parametrize(("username", "status"), [("quantri", 403), ("kythuat", 403), ("kiemsoat", 403)])
def test_people_of_one_ward_see_it_and_change_nothing(sign_in, newest, username, status):
    """Their duties are at a ward: the whole province's upgrade is not theirs. Take ``_require`` away and it is put off."""
    client = sign_in(username)
    page = client.get("/setup/upgrade/")
    assert page.status_code == 200
    assert "upgrade/defer/" not in page.content.decode()
    assert put_off(client, newest).status_code == status
    assert client.post("/setup/upgrade/undefer/").status_code == status
    assert nothing_changed()


def test_a_technician_of_the_province_may_put_it_off(sign_in, inside, now, newest, gia_lai):
    from apps.accounts.selectors import find_user_by_username
    from apps.accounts.services import assign_duty
    from apps.organisations.selectors import get_unit_by_code
    from kernel.actors import SYSTEM

    with inside():
        assign_duty(
            user_id=find_user_by_username("kythuat").id,
            duty="TECHNICIAN",
            unit_id=get_unit_by_code("H21", on=now.date()).id,
            valid_from=now.date(),
            by=SYSTEM,
            now=now,
        )
    client = sign_in("kythuat")
    assert client.get("/setup/").status_code == 200
    assert put_off(client, newest).status_code == 302
    assert list_wishes()[gia_lai.id].deferred_by == "Mai Văn Kỹ Thuật"


def test_the_other_tenant_is_untouched(admin, newest, gia_lai, ha_noi):
    put_off(admin, newest)
    assert set(list_wishes()) == {gia_lai.id}
    assert list_acts(tenant_code="H26") == []


def test_others_do_not_come_in(sign_in, newest):
    client = sign_in("tiepnhan")
    assert client.get("/setup/upgrade/").status_code == 403
    assert put_off(client, newest).status_code == 403
    assert nothing_changed()


def nothing_changed() -> bool:
    with central_context():
        return not UpgradeWish.objects.exclude(deferred_release=None).exists() and list_acts() == []
