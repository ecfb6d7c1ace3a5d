"""The archives of a tenant in the console: exported by the worker, listed, looked through, never handed out.

The worker reads with connections of its own: it sees the tenant as committed, so a small one.
"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from tenants.provisioning.migrating import as_owner
from tenants.provisioning.models import Archive, LongJob
from tenants.provisioning.working.running import run_work
from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct
from tenants.registry.selectors import find_tenant
from tests.statements import statements_of

PAGE = "/tenants/H21/archives/"


@pytest.fixture(autouse=True)
def _archives_have_a_place():
    settings.ARCHIVE_ROOT.mkdir()


def _work(location):
    run_work(public_id=UUID(location.strip("/").split("/")[-1]), clock=timezone.now)


def _exported(press):
    location = press(f"{PAGE}export/")
    _work(location)
    with central_context():
        return location, Archive.objects.latest("id")


def test_an_export_is_asked_for_carried_out_and_listed(lone_operator, press, sent):
    assert "Chưa có bản lưu trữ nào" in lone_operator.get(PAGE).content.decode()
    assert f'href="{PAGE}"' in lone_operator.get("/tenants/H21/life/").content.decode()
    location = press(f"{PAGE}export/")
    assert [words["public_id"] for words in sent] == [location.strip("/").split("/")[-1]]
    page = lone_operator.get(location).content.decode()
    for part in ("Đang chờ đến lượt", 'hx-trigger="every 1s"', "Tải lại", "Sẽ ghi vào"):
        assert part in page
    assert "Chạy lại" not in page

    _work(location)
    with central_context():
        archive = Archive.objects.get()
        job = LongJob.objects.get()
        acts = list(OperatorAct.objects.order_by("id").values_list("action", "operator_name", "tenant_code"))
    assert Path(archive.path).parent == settings.ARCHIVE_ROOT
    assert job.progress["title"]
    page = lone_operator.get(location).content.decode()
    for part in ("Đã xong", archive.sha256, archive.path):
        assert part in page
    assert "hx-trigger" not in page
    listed = lone_operator.get(PAGE).content.decode()
    for part in (archive.sha256, archive.path, "chưa kiểm tra", "không có quyền xem hồ sơ"):
        assert part in listed
    assert archive.path not in lone_operator.get("/tenants/H26/archives/").content.decode()
    assert acts == [(f"tenant.{name}", "Nguyễn Vận Hành", "H21") for name in ("export_started", "exported")]


def test_a_look_through_an_archive_tells_a_changed_byte(lone_operator, press):
    _location, archive = _exported(press)
    location = press(f"{PAGE}{archive.id}/verify/")
    _work(location)
    assert "Nguyên vẹn" in lone_operator.get(location).content.decode()
    assert "nguyên vẹn" in lone_operator.get(PAGE).content.decode()

    path = Path(archive.path)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    location = press(f"{PAGE}{archive.id}/verify/")
    _work(location)
    page = lone_operator.get(location).content.decode()
    assert "không còn là tệp mà sổ trung ương đã ghi" in page
    assert "Chạy lại" in page
    assert "không đạt" in lone_operator.get(PAGE).content.decode()
    with central_context():
        assert OperatorAct.objects.filter(action="tenant.archive_verified").count() == 1


def _looked(press, archive):
    location = press(f"{PAGE}{archive.id}/restore/")
    _work(location)
    return location


def test_a_restore_begins_with_a_look_and_goes_on_only_with_the_code_typed_again(
    lone_operator, press, sent, gia_lai, now
):
    """The worker's part is committed work: tests/tenants/provisioning/archive/test_working.py."""
    _location, archive = _exported(press)
    location = _looked(press, archive)
    page = lone_operator.get(location).content.decode()
    for part in ("chờ quyết định", "giống hệt bản lưu trữ", "Gõ lại mã H21", "--drop-replaced", "Xem lại"):
        assert part in page
    assert "hx-trigger" not in page

    with central_context():
        job = LongJob.objects.get(kind="RESTORE")
        lost = {"table": "dossiers_dossier", "archived": 3, "living": 1234, "added": 1231}
        job.report["look"] |= {"differences": [lost], "older_release": True}
        job.save()
        before = (list(LongJob.objects.values()), OperatorAct.objects.count())
    page = lone_operator.get(location).content.decode()
    for part in ("Sẽ mất nếu thay", "Hồ sơ", "1.234", "1.231", "bản phát hành cũ hơn"):
        assert part in page
    refused = lone_operator.post(f"{location}replace/", {"confirm": "H26"})
    assert refused.status_code == 422
    assert 'href="#f-confirm"' in refused.content.decode()
    refused = lone_operator.post(f"{location}beside/", {"code": "H26", "host": "hanoi.localhost"})
    assert refused.status_code == 422
    assert 'value="hanoi.localhost"' in refused.content.decode()
    with central_context():
        assert (list(LongJob.objects.values()), OperatorAct.objects.count()) == before

    assert press(f"{location}replace/", confirm="H21") == location
    assert len(sent) == 3
    assert "Nguyễn Vận Hành" in lone_operator.get(location).content.decode()
    with central_context():
        act = OperatorAct.objects.latest("id")
    assert (act.action, act.facts["mode"]) == ("tenant.restore_confirmed", "REPLACE")
    assert lone_operator.post(f"{location}replace/", {"confirm": "H21"}).status_code == 409


def test_what_came_of_a_restore_is_told(lone_operator, press):
    _location, archive = _exported(press)
    location = _looked(press, archive)
    press(f"{location}beside/", code="H98", host="khoiphuc.localhost")
    with central_context():
        job = LongJob.objects.get(kind="RESTORE")
        job.report |= {"code": "H98", "kept": "h98_replaced_20261126", "rows": 7, "files": 0}
        job.state = "DONE"
        job.save()
    page = lone_operator.get(location).content.decode()
    for part in ("Giống hệt bản lưu trữ", "h98_replaced_20261126", 'href="/tenants/H98/"', "thành nơi khác"):
        assert part in page
    assert "Xem lại" not in page


def test_an_export_whose_worker_died_behind_the_last_stroke_is_not_made_twice(press):
    """Without the look for the archive in run_export the second run finds the file in its way and fails."""
    location, archive = _exported(press)
    with central_context():
        LongJob.objects.update(state="RUNNING", finished_at=None, report={})
    _work(location)
    with central_context():
        job = LongJob.objects.get()
        assert (job.state, job.report["archive"]) == ("DONE", archive.id)
        assert Archive.objects.count() == 1


def test_an_export_that_fails_says_why_leaves_no_file_and_is_run_again(lone_operator, press, sent):
    location = press(f"{PAGE}export/")
    settings.ARCHIVE_ROOT.rmdir()  # as a disk that nobody has mounted
    _work(location)
    page = lone_operator.get(location).content.decode()
    for part in ("Dừng giữa chừng", "Không ghi được", "chưa có thư mục"):
        assert part in page
    with central_context():
        assert Archive.objects.count() == 0
    settings.ARCHIVE_ROOT.mkdir()
    press(f"{location}again/")
    assert len(sent) == 2
    _work(location)
    assert "Đã xong" in lone_operator.get(location).content.decode()
    assert lone_operator.post(f"{location}again/").status_code == 409


def test_a_worker_that_died_is_told_from_one_that_works(lone_operator, press):
    """The lock of run_work is asked for; going by the state alone, a living worker would be doubled."""
    from tenants.provisioning.working.running import _held

    location = press(f"{PAGE}export/")
    with central_context():
        LongJob.objects.update(state="RUNNING")
    with _held(UUID(location.strip("/").split("/")[-1])) as mine:
        assert mine
        assert "đã tắt giữa chừng" not in lone_operator.get(location).content.decode()
        assert lone_operator.post(f"{location}again/").status_code == 409
        _work(location)  # a message that came twice leaves it to the first
        with central_context():
            assert LongJob.objects.get().state == "RUNNING"
    assert "đã tắt giữa chừng" in lone_operator.get(location).content.decode()


def test_work_that_nobody_takes_may_be_asked_for_again(lone_operator, press):
    location = press(f"{PAGE}export/")
    with central_context():
        job = LongJob.objects.get()
        job.progress["at"] = (timezone.now() - timedelta(minutes=5)).isoformat()
        job.save()
    assert "Chưa tiến trình nào nhận việc này" in lone_operator.get(location).content.decode()


def test_a_second_export_is_refused_while_one_is_open_and_changes_nothing(lone_operator, press):
    press(f"{PAGE}export/")
    with central_context():
        before = (list(LongJob.objects.values()), OperatorAct.objects.count())
    refused = lone_operator.post(f"{PAGE}export/")
    assert refused.status_code == 409
    assert "chưa xong" in refused.content.decode()
    assert lone_operator.post(f"{PAGE}4711/verify/").status_code == 404
    with central_context():
        assert (list(LongJob.objects.values()), OperatorAct.objects.count()) == before


def test_nothing_is_exported_of_a_tenant_whose_data_are_gone(lone_operator, gia_lai, now):
    _archives(gia_lai, now, 1)
    with central_context():
        LongJob.objects.all().delete()
        archive = Archive.objects.get()
    lone_operator.post("/tenants/H21/life/retire/", {"reason": "x", "confirm": "H21"})
    lone_operator.post("/tenants/H21/life/drop/", {"without_archive": "thử", "confirm": "H21"})
    assert find_tenant("H21").dropped_at
    page = lone_operator.get(PAGE).content.decode()
    assert "không còn gì để xuất" in page
    assert "--as" in page
    assert f"{archive.id}/restore/" not in page
    assert lone_operator.post(f"{PAGE}export/").status_code == 409
    assert lone_operator.post(f"{PAGE}{archive.id}/restore/").status_code == 409
    with central_context():
        assert LongJob.objects.count() == 0


def _archives(tenant, now, count):
    with central_context():
        for number in range(count):
            archive = Archive.objects.create(
                tenant=tenant, path=f"/x/{number:02d}.motcua", sha256=f"{number:064d}", size=1, rows=1, files=1,
                release=1, created_at=now, created_by="x",
            )  # fmt: skip
            LongJob.objects.create(
                public_id=f"0197a3c2-0000-7000-8000-{archive.id:012d}", kind="EXPORT", tenant_code=tenant.code,
                state="DONE", asked={"act": "VERIFY", "archive": archive.id}, created_at=now, created_by_name="x",
            )  # fmt: skip


def test_the_list_costs_the_same_with_one_row_and_with_three_and_goes_page_by_page(
    lone_operator, gia_lai, ha_noi, now
):
    def look():
        with (
            central_context()
        ):  # bound already: whether the binding is told once more is not the page's matter
            return len(statements_of(lambda: lone_operator.get(PAGE)))

    _archives(gia_lai, now, 1)
    one = min(look(), look())  # of two, for hosts are looked up anew now and then
    with central_context():
        LongJob.objects.all().delete()
        Archive.objects.all().delete()
    _archives(gia_lai, now, 3)
    assert min(look(), look()) == one
    with central_context():
        LongJob.objects.all().delete()
        Archive.objects.all().delete()
    _archives(gia_lai, now, 32)
    first = lone_operator.get(PAGE).content.decode()
    assert "/x/31.motcua" in first
    assert "/x/01.motcua" not in first
    older = first.split('href="?before=')[1].split('"')[0]
    assert "/x/01.motcua" in lone_operator.get(PAGE, {"before": older}).content.decode()


@pytest.mark.parametrize(
    "path", [PAGE, "/tenants/H21/works/0197a3c2-0000-7000-8000-000000000000/", "/tenants/H99/archives/"]
)
def test_only_operators_come_in(gia_lai, lone_operator, path):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 302
    assert Client(HTTP_HOST="gialai.localhost").get(path).status_code == 404
    assert lone_operator.get(path).status_code == (200 if path == PAGE else 404)


def test_work_of_another_tenant_is_not_there(lone_operator, press):
    location = press(f"{PAGE}export/")
    assert lone_operator.get(location.replace("H21", "H26")).status_code == 404


@pytest.fixture
def put_aside(gia_lai, ha_noi):
    """Two schemas as restores name them, in the test's own transaction, and one of another tenant."""
    names = ["h21_replaced_20261120", "h21_replaced_20261121", "h26_replaced_20261120"]
    with as_owner("public"), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"CREATE SCHEMA {name}")
            cursor.execute(
                f"CREATE TABLE {name}.dossiers_dossier AS SELECT n FROM generate_series(1, 9) AS n"
            )
    return names


def test_what_restores_have_put_aside_is_listed_and_dropped_with_the_code_typed_again(
    lone_operator, put_aside
):
    first, second, theirs = put_aside
    page = lone_operator.get(PAGE).content.decode()
    assert first in page
    assert second in page
    assert "20/11/2026" in page
    assert theirs not in page

    refused = lone_operator.post(f"{PAGE}kept/drop/", {"schema": second, "confirm": "H26"})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "gõ lại đúng mã H21" in page
    assert f'<option value="{second}" selected>' in page
    assert lone_operator.post(f"{PAGE}kept/drop/", {"schema": theirs, "confirm": "H21"}).status_code == 404
    assert lone_operator.post(f"{PAGE}kept/drop/", {"schema": "h21", "confirm": "H21"}).status_code == 404

    answer = lone_operator.post(f"{PAGE}kept/drop/", {"schema": second, "confirm": "H21"})
    page = lone_operator.get(answer["Location"]).content.decode()
    assert "Đã xóa và ghi vào nhật ký." in page
    assert first in page
    assert second not in page
    assert "Xóa dữ liệu cũ giữ sau khôi phục" in lone_operator.get("/acts/").content.decode()
    assert theirs in lone_operator.get("/tenants/H26/archives/").content.decode()
