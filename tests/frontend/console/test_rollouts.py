"""The board of rollouts: the plan, the buttons, who pressed what; a refusal changes nothing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tenants.registry.acts import list_acts
from tenants.registry.context import central_context
from tenants.registry.models import Tenant
from tenants.releases.models import GateReading, Rollout, Seat, UpgradeWish
from tenants.releases.selectors import find_active_rollout
from tests.furniture import PASSWORD
from tests.statements import statements_of

START = {"parallel": "4", "soak_seconds": "0", "rehearse": "1"}


@pytest.fixture
def begun(operator, newest) -> Rollout:
    assert operator.post("/rollouts/start/", START | {"release": newest.name}).status_code == 302
    return find_active_rollout()


def held(rollout) -> Rollout:
    with central_context():
        Rollout.objects.filter(id=rollout.id).update(
            state="HELD", stage="PILOT", why="Tỉ lệ lỗi máy chủ 4 %, giới hạn 1 %."
        )
    return rollout


def test_the_plan_says_who_in_which_turn_and_who_has_put_it_off(operator, newest, ha_noi):
    with central_context():
        UpgradeWish.objects.create(
            tenant_id=ha_noi.id,
            deferred_release=newest.number,
            deferred_until=timezone.localdate() + timedelta(days=2),
            deferred_by="Lý Thị Quản Trị",
            deferred_reason="Bầu cử",
        )
    page = operator.get("/rollouts/").content.decode()
    assert page.index("Thí điểm") < page.index("Tỉnh Gia Lai") < page.index("Thành phố Hà Nội")
    assert "Bầu cử (Lý Thị Quản Trị)" in page
    assert list_acts() == []


def test_what_has_been_is_listed_below_page_by_page(operator, begun, newest):
    """Seen to fail: an address without ``before`` asked for rollouts with a number below -1, and the list was empty."""
    with central_context():
        Rollout.objects.filter(id=begun.id).update(
            state="STOPPED", why="Đổi ngày", finished_at=timezone.now()
        )
        older = Rollout.objects.get(id=begun.id)
        rows = [
            Rollout(
                release_id=older.release_id,
                state="STOPPED",
                stage="PILOT",
                started_by=f"Người {number}",
                started_at=older.started_at,
            )
            for number in range(20)
        ]
        Rollout.objects.bulk_create(rows)
    page = operator.get("/rollouts/").content.decode()
    assert "Chưa có đợt nào" not in page
    assert "Người 19" in page
    assert "Đổi ngày" not in page
    with central_context():
        last = Rollout.objects.order_by("id")[1].id
    assert f'href="?before={last}"' in page
    assert "Đổi ngày" in operator.get(f"/rollouts/?before={last}").content.decode()
    assert "Người 19" in operator.get("/rollouts/?before=x").content.decode()


def test_the_limit_of_putting_off_is_the_operators(operator, newest):
    assert f"Được hoãn nhiều nhất {newest.defer_days} ngày" in operator.get("/rollouts/").content.decode()
    answer = operator.post("/rollouts/limit/", {"release": newest.name, "defer_days": "nhiều"})
    assert answer.status_code == 422
    assert "một số từ 0 đến 60" in answer.content.decode()
    assert list_acts() == []
    answer = operator.post("/rollouts/limit/", {"release": newest.name, "defer_days": "0"})
    assert "Đã ghi hạn hoãn" in operator.get(answer["Location"]).content.decode()
    assert "Được hoãn nhiều nhất 0 ngày" in operator.get("/rollouts/").content.decode()
    assert [act.action for act in list_acts()] == ["release.limit_set"]


def test_a_fleet_without_pilots_is_told_before_it_starts(operator, newest):
    said = "Không có nơi nào ở vòng Thí điểm"
    assert said not in operator.get("/rollouts/").content.decode()
    with central_context():
        Tenant.objects.filter(code="H21").update(ring="EARLY")
    assert said in operator.get("/rollouts/").content.decode()
    told = StringIO()
    call_command("release", "plan", stdout=told)
    assert "không có nơi nào ở vòng Thí điểm" in told.getvalue()
    with central_context():
        Tenant.objects.filter(code="H21").update(ring="PILOT", release=newest.number)
    assert said not in operator.get("/rollouts/").content.decode()  # it has tried the release already


def test_nothing_to_do_is_said(operator):
    page = operator.get("/rollouts/").content.decode()
    assert "Mọi bộ, tỉnh đã ở bản" in page
    assert "Bắt đầu triển khai" not in page


def test_starting_wakes_the_runner_and_shows_the_board(operator, begun, newest, woken):
    assert woken == [1]
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    for part in ("Tỉnh Gia Lai", "Thành phố Hà Nội", "Chờ tới lượt", "Tạm dừng", "Nguyễn Vận Hành"):
        assert part in page
    assert 'hx-trigger="every 2s"' in page
    assert f"Đang triển khai bản {newest.name}" in operator.get("/").content.decode()


def test_starting_twice_is_refused_and_changes_nothing(operator, begun, newest):
    answer = operator.post("/rollouts/start/", START | {"release": newest.name})
    assert answer.status_code == 422
    assert "Nguyễn Vận Hành bắt đầu" in answer.content.decode()
    with central_context():
        assert Rollout.objects.count() == 1
    assert [act.action for act in list_acts()] == ["rollout.started"]


@pytest.mark.parametrize(
    "wrong", [{"parallel": "0"}, {"parallel": "nhiều"}, {"soak_seconds": "-1"}, {"parallel": "99"}]
)
def test_starting_with_numbers_that_are_none_is_refused(operator, newest, wrong):
    assert operator.post("/rollouts/start/", START | {"release": newest.name} | wrong).status_code == 422
    assert find_active_rollout() is None
    assert list_acts() == []


def test_pausing_and_going_on(operator, begun):
    assert operator.post("/rollouts/pause/", {"reason": "Họp"}).status_code == 302
    assert find_active_rollout().state == "PAUSED"
    assert "Tiếp tục" in operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert operator.post("/rollouts/resume/", {}).status_code == 302
    assert find_active_rollout().state == "RUNNING"
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert page.index("Tiếp tục</b>") < page.index("Tạm dừng</b>") < page.index("Bắt đầu</b>")
    assert "Họp" in page


def test_going_past_a_gate_needs_a_reason(operator, begun):
    held(begun)
    page = operator.get("/rollouts/").content.decode()
    assert "Tỉ lệ lỗi máy chủ 4 %" in page
    refused = operator.post("/rollouts/resume/", {"reason": " "})
    assert refused.status_code == 422
    assert "Cần ghi lý do" in refused.content.decode()
    assert find_active_rollout().state == "HELD"
    assert operator.post("/rollouts/resume/", {"reason": "Lỗi do mạng tỉnh"}).status_code == 302
    assert find_active_rollout().state == "RUNNING"
    assert list_acts()[0].reason == "Lỗi do mạng tỉnh"


def test_what_was_mended_is_tried_again_without_a_reason(operator, begun):
    held(begun)
    assert "Đã sửa, làm lại" in operator.get("/rollouts/").content.decode()
    assert operator.post("/rollouts/retry/").status_code == 302
    retried = find_active_rollout()
    assert (retried.state, retried.passed) == ("RUNNING", begun.passed)
    assert list_acts()[0].action == "rollout.retried"


def test_stopping_asks_for_the_release_typed_again(operator, begun, newest):
    for typed in ({"confirm": "2026", "stop_reason": "x"}, {"confirm": newest.name, "stop_reason": " "}):
        assert operator.post("/rollouts/stop/", typed).status_code == 422
    page = operator.post("/rollouts/stop/", {"confirm": "2026", "stop_reason": ""}).content.decode()
    assert 'href="#f-confirm"' in page
    assert 'href="#f-stop_reason"' in page
    assert find_active_rollout().state == "RUNNING"
    assert (
        operator.post("/rollouts/stop/", {"confirm": newest.name, "stop_reason": "Sai bản"}).status_code
        == 302
    )
    assert find_active_rollout() is None
    assert operator.post("/rollouts/stop/", {"confirm": newest.name, "stop_reason": "x"}).status_code == 404
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert "Đã dừng hẳn" in page
    assert "every 2s" not in page


def test_the_board_says_what_failed_and_what_the_gate_read(operator, begun, gia_lai):
    now = timezone.now()
    with central_context():
        Seat.objects.filter(tenant_id=gia_lai.id).update(
            state="FAILED", attempts=3, error="55P03 dossiers_dossier", milliseconds=2011.4
        )
        GateReading.objects.create(
            rollout_id=begun.id,
            stage="PILOT",
            tenant_id=gia_lai.id,
            measure="error-rate",
            before=0.1,
            after=4.0,
            limit=1.0,
            verdict="BAD",
            said="Tỉ lệ lỗi máy chủ: trước 0,1 %, sau 4 %, giới hạn 1 %.",
            read_at=now,
        )
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    for part in ("55P03 dossiers_dossier", "2011 ms", "Hỏng", "Tỉ lệ lỗi máy chủ (5xx)", "Không đạt", "0,1"):
        assert part in page
    filtered = operator.get(f"/rollouts/{begun.id}/", {"state": "WAITING"}).content.decode()
    assert "55P03" not in filtered
    assert "Thành phố Hà Nội" in filtered


def test_the_board_says_what_to_do_about_those_that_are_left(operator, begun, gia_lai, ha_noi):
    """Held, the button takes them again; ended, only a new start does. Who waits for his hour is told with the day."""
    day = timezone.localdate() + timedelta(days=2)
    with central_context():
        Seat.objects.filter(tenant_id=gia_lai.id).update(state="DRIFTED", error="thừa cột a.b")
        Seat.objects.filter(tenant_id=ha_noi.id).update(state="DEFERRED")
        UpgradeWish.objects.create(
            tenant_id=ha_noi.id,
            deferred_release=begun.release.number,
            deferred_until=day,
            deferred_by="Lý Thị Quản Trị",
            deferred_reason="Bầu cử",
        )
    running = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert f"Đến {day:%d/%m/%Y}: Bầu cử (Lý Thị Quản Trị)" in running
    assert "Chỉ còn chờ H26" in running
    assert "manage.py tenant drift H21" in running
    held(begun)
    assert "manage.py release retry" in operator.get(f"/rollouts/{begun.id}/").content.decode()
    with central_context():
        Rollout.objects.filter(id=begun.id).update(state="DONE", finished_at=timezone.now())
    ended = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert "manage.py release start" in ended
    assert "Đã kết thúc, còn 1 nơi chưa xong" in ended
    assert "Chỉ còn chờ" not in ended


def test_what_failed_last_time_is_told_in_the_plan_and_on_the_tenants_page(operator, begun, gia_lai, ha_noi):
    with central_context():
        Seat.objects.filter(tenant_id=gia_lai.id).update(
            state="FAILED", error="dữ liệu trùng (SQLSTATE 23505)"
        )
        Seat.objects.filter(tenant_id=ha_noi.id).update(state="DONE")
        Rollout.objects.filter(id=begun.id).update(state="DONE", finished_at=timezone.now())
    for path in ("/rollouts/", "/tenants/H21/"):
        assert "dữ liệu trùng (SQLSTATE 23505)" in operator.get(path).content.decode()
    assert "SQLSTATE" not in operator.get("/tenants/H26/").content.decode()
    with central_context():
        Tenant.objects.filter(code="H21").update(release=begun.release.number)
    for path in ("/rollouts/", "/tenants/H21/"):
        assert "SQLSTATE" not in operator.get(path).content.decode()


def test_the_board_says_until_when_a_ring_is_watched(operator, begun):
    until = timezone.now() + timedelta(minutes=5)
    with central_context():
        Rollout.objects.filter(id=begun.id).update(
            stage="PILOT", facts={"watching": ["PILOT", until.isoformat()]}
        )
    said = f"đo cửa lúc {timezone.localtime(until):%H:%M:%S}"
    assert said in operator.get(f"/rollouts/{begun.id}/").content.decode()
    with central_context():
        Rollout.objects.filter(id=begun.id).update(stage="EARLY")
    assert said not in operator.get(f"/rollouts/{begun.id}/").content.decode()


def test_the_board_alone_is_what_htmx_gets(operator, begun):
    asked = {"HX-Request": "true"}
    piece = operator.get(f"/rollouts/{begun.id}/", {"was": "RUNNING"}, headers=asked).content.decode()
    assert piece.lstrip().startswith('<div id="board"')
    assert "<html" not in piece
    assert 'id="controls"' not in piece
    changed = operator.get(f"/rollouts/{begun.id}/", {"was": "HELD"}, headers=asked).content.decode()
    assert 'hx-swap-oob="outerHTML"' in changed


def test_a_runner_that_shows_no_sign_is_said(operator, begun):
    with central_context():
        Rollout.objects.update(started_at=timezone.now() - timedelta(minutes=2))
    assert "manage.py release resume" in operator.get("/rollouts/").content.decode()


def test_an_unknown_rollout_is_absent(operator):
    assert operator.get("/rollouts/99999/").status_code == 404


def test_the_board_costs_the_same_at_one_and_three_tenants(operator, begun, gia_lai, ha_noi):
    def cost() -> int:
        return len(statements_of(lambda: operator.get(f"/rollouts/{begun.id}/")))

    with central_context():
        Seat.objects.filter(tenant_id=ha_noi.id).delete()
    cost()
    one = cost()
    with central_context():
        third = another_tenant(gia_lai)
        Seat.objects.bulk_create(
            Seat(rollout_id=begun.id, tenant_id=tenant, stage="GENERAL", position=9, from_release=1)
            for tenant in (ha_noi.id, third.id)
        )
    assert cost() == one


def another_tenant(like) -> Tenant:
    """A row only: pages of the centre read no schema of a tenant."""
    from kernel.ids import uuid7

    return Tenant.objects.create(
        schema_name="t_z99",
        public_id=uuid7(),
        code="Z99",
        name="Tỉnh thử",
        kind="PROVINCE",
        created_at=like.created_at,
    )


@pytest.mark.parametrize("path", ["start", "pause", "resume", "retry", "close", "stop", "shapes"])
def test_only_operators_press_buttons(begun, path):
    stranger = Client(HTTP_HOST="localhost")
    assert stranger.post(f"/rollouts/{path}/", START).status_code == 401
    staff = Client(HTTP_HOST="gialai.localhost")
    assert staff.post("/sign-in/", {"username": "quantri", "password": PASSWORD}).status_code == 302
    assert staff.post(f"/rollouts/{path}/", START).status_code == 404
    assert find_active_rollout().state == "RUNNING"
    assert [act.action for act in list_acts()] == ["rollout.started"]


def _command(*words):
    told = StringIO()
    call_command("release", *words, stdout=told)
    return told.getvalue()


def test_status_tells_last_what_went_wrong(begun):
    """Among a hundred lines the one that matters scrolled away."""
    with central_context():
        Seat.objects.filter(rollout=begun, tenant__code="H21").update(
            state="FAILED", error="bảng đang bị khóa"
        )
    told = _command("status")
    assert told.index("  H26 ") < told.index("  H21 ")
    assert "bảng đang bị khóa" in told


def test_page_and_command_watch_a_ring_equally_long(operator, newest, settings):
    """Seen to fail: the command watched 0 s and the page 60 s, and the command did not say so."""
    settings.RELEASE_SOAK_SECONDS = 540
    assert 'value="540"' in operator.get("/rollouts/").content.decode()
    assert "Theo dõi 540 giây sau mỗi vòng" in _command("plan")
    assert "Theo dõi 540 giây sau mỗi vòng" in _command("start", "--detach")
    assert find_active_rollout().soak_seconds == 540
    assert "Theo dõi 540 giây sau mỗi vòng" in operator.get("/rollouts/").content.decode()


def test_to_watch_nothing_has_to_be_said_and_is_told(operator, newest, settings):
    settings.RELEASE_SOAK_SECONDS = 540
    assert "không theo dõi sau mỗi vòng" in _command("start", "--detach", "--soak", "0")
    assert find_active_rollout().soak_seconds == 0
    assert "Không theo dõi sau mỗi vòng" in operator.get("/rollouts/").content.decode()


@pytest.mark.parametrize("wrong", ["-1", "lâu", "100000"])
def test_a_time_of_watching_that_is_none_is_refused(operator, newest, wrong):
    with pytest.raises(CommandError, match="phải là số giây"):
        _command("start", "--detach", f"--soak={wrong}")
    assert find_active_rollout() is None


def test_what_waits_only_for_deferrals_is_closed_with_a_reason(operator, begun):
    page = operator.get("/rollouts/").content.decode()
    assert "Kết thúc đợt" not in page
    with central_context():
        Rollout.objects.filter(id=begun.id).update(stage="GENERAL")
        Seat.objects.filter(rollout=begun, tenant__code="H21").update(state="DONE")
        Seat.objects.filter(rollout=begun, tenant__code="H26").update(state="DEFERRED")
    page = operator.get(f"/rollouts/{begun.id}/").content.decode()
    assert "Kết thúc đợt" in page
    assert "was=RUNNING-rest" in page
    brought = operator.get(
        f"/rollouts/{begun.id}/?was=RUNNING", headers={"HX-Request": "true"}
    ).content.decode()
    assert "Kết thúc đợt" in brought  # the button comes while the page is looked at
    refused = operator.post("/rollouts/close/", {"close_reason": " "})
    assert refused.status_code == 422
    assert 'href="#f-close_reason"' in refused.content.decode()
    assert find_active_rollout().state == "RUNNING"
    answer = operator.post("/rollouts/close/", {"close_reason": "Mở đường cho bản vá khẩn"})
    page = operator.get(answer["Location"]).content.decode()
    assert "Nơi đã hoãn được cập nhật khi hết hoãn" in page
    assert "Kết thúc khi còn nơi đã hoãn" in page
    assert "Mở đường cho bản vá khẩn" in page
    assert find_active_rollout() is None
