"""The fleet's table, a tenant's ring and turn, flags, announcements, and opening a template to the next ring."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from apps.catalogue import selectors as catalogue
from apps.catalogue import services as catalogue_services
from tenants.provisioning.models import Archive
from tenants.registry.acts import list_acts
from tenants.registry.context import central_context, tenant_context
from tenants.registry.enums import TenantState
from tenants.registry.models import Tenant
from tenants.registry.reports import keep_report
from tenants.registry.selectors import get_tenant
from tenants.releases.announcements import list_announcements
from tenants.releases.flags import list_flags
from tenants.releases.models import FeatureFlag, UpgradeWish
from tenants.releases.wishes import get_wish
from tests.frontend.console.test_rollouts import another_tenant
from tests.publishing import publish_by_two
from tests.statements import statements_of

CODE = "1.001193"


def test_the_fleet_shows_ring_release_and_last_backup(operator, newest, gia_lai, now):
    with central_context():
        Archive.objects.create(
            tenant_id=gia_lai.id,
            path="h21.tar",
            sha256="0" * 64,
            size=1,
            rows=1,
            files=0,
            release=1,
            created_at=now,
            created_by="x",
        )
    page = operator.get("/").content.decode()
    for part in ("Thí điểm", "chưa mới nhất", "23/11/2026 09:00", "chưa có"):
        assert part in page
    pilots = operator.get("/", {"ring": "PILOT"}).content.decode()
    assert "Tỉnh Gia Lai" in pilots
    assert "Thành phố Hà Nội" not in pilots


def test_the_fleet_costs_the_same_at_one_and_three_rows(operator, gia_lai):
    def cost(rows: int, **asked) -> int:
        page = []
        found = len(statements_of(lambda: page.append(operator.get("/", asked).content.decode())))
        assert page[0].count("data-row=") == rows
        return found

    cost(2)
    one = cost(1, q="gia lai")
    with central_context():
        another_tenant(gia_lai)
    assert cost(3) == one


def _tell(tenant, at, **figures):
    with tenant_context(tenant):
        keep_report(figures=figures, now=at)


def test_the_fleet_shows_how_everybody_is(operator, gia_lai, ha_noi):
    """And what is wrong, on top, with the way to those places alone."""
    now = timezone.now()
    _tell(gia_lai, now, open=12_345, overdue=1_235, waiting=4_000, failing=0, requests=500, errors=0)
    page = operator.get("/").content.decode()
    for part in (
        "12.345",
        "10,0 %",
        "1 giờ",
        "Có sự cố",
        "Tin cũ nhất đã chờ chuyển 66 phút.",
        "chưa báo về",
        "1 nơi cần xem",
    ):
        assert part in page
    bad = operator.get("/", {"health": "BAD"}).content.decode()
    assert "Tỉnh Gia Lai" in bad
    assert "Thành phố Hà Nội" not in bad
    own = operator.get(f"/tenants/{gia_lai.code}/").content.decode()
    for part in ("Tin cũ nhất đã chờ chuyển 66 phút.", "1.235 (10,0 %)", "Lượt truy cập, 15 phút"):
        assert part in own


def test_the_fleet_watches_nobody_who_does_not_work(operator, gia_lai, ha_noi):
    _tell(
        gia_lai,
        timezone.now() - timedelta(days=3),
        open=1,
        overdue=0,
        waiting=0,
        failing=0,
        requests=0,
        errors=0,
    )
    assert "Không báo về: 1" in operator.get("/").content.decode()
    with central_context():
        Tenant.objects.filter(id=gia_lai.id).update(state=TenantState.SUSPENDED)
    page = operator.get("/").content.decode()
    assert "không theo dõi" in page
    assert "nơi cần xem" not in page


def test_a_ring_is_changed_with_a_trace(operator, gia_lai, ha_noi):
    assert operator.post("/tenants/H21/ring/", {"ring": "PILOT"}).status_code == 302
    assert operator.post("/tenants/H21/ring/", {"ring": "PILOT"}).status_code == 302
    assert (get_tenant("H21").ring, get_tenant("H26").ring) == ("PILOT", "GENERAL")
    assert [(act.tenant_code, act.facts["after"], act.operator_name) for act in list_acts()] == [
        ("H21", "PILOT", "Nguyễn Vận Hành")
    ]
    assert operator.post("/tenants/H21/ring/", {"ring": "SOON"}).status_code == 422
    assert operator.post("/tenants/H99/ring/", {"ring": "PILOT"}).status_code == 404
    assert get_tenant("H21").ring == "PILOT"


def test_an_operator_takes_a_deferral_back(operator, newest, gia_lai, ha_noi):
    with central_context():
        for tenant in (gia_lai, ha_noi):
            UpgradeWish.objects.create(
                tenant=tenant, deferred_release=newest.number, deferred_until="2099-01-01", deferred_by="A"
            )
    page = operator.get("/tenants/H21/").content.decode()
    assert 'action="/tenants/H21/undefer/"' in page
    answer = operator.post("/tenants/H21/undefer/")
    assert "Đã bỏ hoãn." in operator.get(answer["Location"]).content.decode()
    assert (get_wish(gia_lai).deferred_release, get_wish(ha_noi).deferred_release) == (None, newest.number)
    assert [act.action for act in list_acts()] == ["upgrade.deferral_cancelled"]
    trail = operator.get("/acts/").content.decode()
    assert f"bản: {newest.name}" in trail
    assert "đến: 01/01/2099" in trail


def test_a_turn_and_its_hours_are_set(operator, gia_lai):
    answer = operator.post("/tenants/H21/turn/", {"order": "5", "window_from": "22:00", "window_to": "04:30"})
    assert answer.status_code == 302
    wish = get_wish(gia_lai)
    assert (wish.order, wish.window_from, wish.window_to) == (5, time(22), time(4, 30))
    for wrong in (
        {"order": "x"},
        {"order": "5", "window_from": "22:00"},
        {"order": "5", "window_from": "25:00"},
    ):
        assert operator.post("/tenants/H21/turn/", wrong).status_code == 422
    assert get_wish(gia_lai).order == 5


def test_all_that_is_wrong_with_a_turn_is_told_at_once(operator, gia_lai):
    """Beside an hour that cannot be read nobody says that the other one is missing."""
    number, whole, hour = "số từ 0 đến 9999", "Khung giờ cần cả", "Hãy nhập giờ dạng"
    for typed, told in (
        ({"order": "x", "window_from": "22:00"}, {number, whole}),
        ({"order": "x", "window_from": "22:00", "window_to": "22:00"}, {number, whole}),
        ({"order": "x", "window_from": "25:00"}, {number, hour}),
    ):
        page = operator.post("/tenants/H21/turn/", typed).content.decode()
        assert {one for one in (number, whole, hour) if one in page} == told
        assert 'value="22:00"' in page or 'value="25:00"' in page


def test_a_flag_is_set_and_changed(operator):
    """Only what the code asks for is there to be set; before anybody has, the page says where it is."""
    page = operator.get("/flags/").content.decode()
    assert "chưa đặt: mở ở mọi nơi" in page
    assert "2 / 2" in page
    assert "cho tới khi có người đặt" in operator.get("/flags/khai-truoc/").content.decode()
    asked = {"title": "", "rings": ["PILOT"], "tenants_on": "h26"}
    assert operator.post("/flags/khai-truoc/", asked).status_code == 302
    assert "1 / 2" in operator.get("/flags/").content.decode()
    page = operator.get("/flags/khai-truoc/").content.decode()
    assert "Thành phố Hà Nội" in page
    assert (
        operator.post("/flags/khai-truoc/", {"title": "Khai ở nhà", "tenants_off": "H26"}).status_code == 302
    )
    (flag,) = list_flags()
    assert (flag.title, flag.rings, flag.tenants_on, flag.tenants_off) == ("Khai ở nhà", [], [], ["H26"])
    refused = operator.post("/flags/khai-truoc/", {"title": "", "tenants_on": "H99"})
    assert refused.status_code == 422
    assert "H99" in refused.content.decode()
    assert list_flags()[0].title == "Khai ở nhà"


def test_a_flag_that_the_code_does_not_have_is_absent(operator, now):
    """One that was kept from an older code is named, so that nobody thinks it does something."""
    assert operator.get("/flags/khong-co/").status_code == 404
    assert operator.post("/flags/khong-co/", {"title": "Không có", "rings": ["PILOT"]}).status_code == 404
    assert list_flags() == []
    with central_context():
        FeatureFlag.objects.create(key="ban-do", title="Bản đồ", changed_at=now, changed_by="Thử")
    assert "“Bản đồ” (ban-do) không còn trong phần mềm" in operator.get("/flags/").content.decode()
    assert operator.post("/flags/ban-do/drop/").status_code == 302
    assert list_flags() == []
    assert operator.post("/flags/ban-do/drop/").status_code == 404
    assert "Đã xóa" in operator.get("/flags/?done=dropped").content.decode()
    assert "Xóa điều đã đặt" in operator.get("/acts/").content.decode()


def test_a_flag_that_the_code_has_is_not_dropped(operator):
    assert operator.post("/flags/khai-truoc/", {"title": "", "rings": ["PILOT"]}).status_code == 302
    assert operator.post("/flags/khai-truoc/drop/").status_code == 404
    assert [one.key for one in list_flags()] == ["khai-truoc"]


def test_an_announcement_is_made_and_withdrawn(operator, gia_lai):
    page = operator.get("/announcements/").content.decode()
    assert "Chưa có thông báo nào" in page
    asked = {
        "title": "Bảo trì",
        "audience": ["STAFF"],
        "shown_from": "01/01/2026 08:00",
        "shown_to": "31/12/2099 22:00",
    }
    assert operator.post("/announcements/", asked).status_code == 302
    (one,) = list_announcements()
    assert "đang hiện" in operator.get("/announcements/").content.decode()
    assert operator.post(f"/announcements/{one.id}/withdraw/").status_code == 302
    assert operator.post(f"/announcements/{one.id}/withdraw/").status_code == 404
    assert "đã gỡ" in operator.get("/announcements/").content.decode()
    for wrong in ({"title": ""}, {"shown_to": "mai"}, {"audience": []}, {"tenants": "H99"}):
        assert operator.post("/announcements/", asked | wrong).status_code == 422
    assert len(list_announcements()) == 1


def test_a_template_is_opened_to_the_next_ring(operator, now):
    from kernel.actors import SYSTEM

    with central_context():
        content = catalogue.find_newest_published(CODE).content
        draft = catalogue_services.create_draft(code=CODE, content=content, by=SYSTEM, now=now)
        publish_by_two(version_id=draft.id, effective_from=now.date(), by=SYSTEM, now=now)
    page = operator.get(f"/templates/{CODE}/").content.decode()
    assert 'value="EARLY"' in page
    assert 'value="PILOT"' not in page
    asked = {"version": str(draft.public_id), "ring": "EARLY"}
    assert operator.post(f"/templates/{CODE}/offer/", asked).status_code == 302
    assert catalogue.is_offered(draft.public_id, ring="EARLY")
    assert 'value="EARLY"' not in operator.get(f"/templates/{CODE}/").content.decode()
    assert operator.post(f"/templates/{CODE}/offer/", asked | {"ring": "SOON"}).status_code == 422
    assert operator.post(f"/templates/{CODE}/offer/", asked | {"version": "x"}).status_code == 404
    assert not catalogue.is_offered(draft.public_id, ring="GENERAL")


@pytest.mark.parametrize(
    "path",
    [
        "tenants/H21/ring/",
        "tenants/H21/turn/",
        "flags/khai-truoc/",
        "flags/ban-do/drop/",
        "announcements/",
        f"templates/{CODE}/offer/",
    ],
)
def test_only_operators_change_anything(furnished, db, path):
    assert Client(HTTP_HOST="localhost").post(f"/{path}", {"ring": "PILOT"}).status_code == 401
    assert list_acts() == []
    assert get_tenant("H21").ring == "GENERAL"
