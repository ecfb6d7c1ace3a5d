"""The console brings a province to life: problems by line, a plan, a job, links once, the list, the opening."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kernel.actors import Actor, ActorKind
from project import onboarding_jobs
from tenants.provisioning.models import LongJob
from tenants.provisioning.onboarding.jobs import run_job, start_job
from tenants.registry.context import central_context
from tenants.registry.enums import TenantState
from tenants.registry.models import OperatorAct
from tenants.registry.selectors import find_tenant
from tests.furniture import PASSWORD
from tests.province import files


@pytest.fixture
def sent(monkeypatch):
    """What the worker is asked to do; the broker itself is not needed here."""
    asked = []
    monkeypatch.setattr(onboarding_jobs.run, "delay", lambda **words: asked.append(words))
    return asked


def _typed(**changed):
    return {f"file.{name}": text for name, text in (files() | changed).items()}


def _start(operator, callbacks, **changed):
    with callbacks(execute=True):
        answer = operator.post("/tenants/onboard/", _typed(**changed) | {"run": "1"})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def _work(location):
    run_job(public_id=location.strip("/").split("/")[-1], clock=timezone.now)


def test_problems_are_shown_by_file_and_line_and_nothing_is_lost(operator):
    bad = files()["units.csv"] + "H36.05,Mồ côi,DIVISION,H36.98,\n"
    answer = operator.post("/tenants/onboard/", _typed(**{"units.csv": bad}) | {"run": "1"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(
        r'units\.csv</td><td class="end figures">5</td><td>không có đơn vị cấp trên H36\.98', page
    )
    assert "H36.05,Mồ côi,DIVISION" in page
    assert find_tenant("H36") is None
    with central_context():
        assert LongJob.objects.count() == 0


def test_the_preview_tells_the_plan_and_does_nothing(operator):
    page = operator.post("/tenants/onboard/", _typed() | {"plan": "1"}).content.decode()

    assert "Thêm đơn vị H36.101 Ủy ban nhân dân phường Một" in page
    assert 'name="run"' in page
    assert find_tenant("H36") is None


def test_uploaded_files_take_the_place_of_the_boxes(operator):
    def uploads(**changed):
        raw = {name: text.encode("utf-8-sig") for name, text in files().items()} | changed
        return [SimpleUploadedFile(name, content) for name, content in raw.items()]

    page = operator.post(
        "/tenants/onboard/", {"upload": uploads(), "file.khai-bao.toml": "rác"}
    ).content.decode()
    assert "Thêm đơn vị H36.101" in page
    assert "rác" not in page

    bad = uploads(**{"units.csv": files()["units.csv"].encode("utf-16")})
    page = operator.post("/tenants/onboard/", {"upload": bad}).content.decode()
    assert "không ghi bằng UTF-8" in page


def test_a_job_shows_where_it_stands_and_hands_out_the_links_once(
    operator, sent, django_capture_on_commit_callbacks
):
    location = _start(operator, django_capture_on_commit_callbacks)
    assert [words["public_id"] for words in sent] == [location.strip("/").split("/")[-1]]
    page = operator.get(location).content.decode()
    assert "Đang chờ đến lượt" in page
    assert "Tải lại" in page
    assert 'hx-trigger="every 1s"' in page

    _work(location)
    page = operator.get(location).content.decode()
    assert "Đã xong" in page
    assert "hx-trigger" not in page
    assert "Thêm đơn vị H36.101" in page
    assert "/first/" not in page

    answer = operator.post(f"{location}links/")
    (token,) = set(re.findall(r"/first/([\w-]+)/", answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    with central_context():
        job = LongJob.objects.get()
        assert token not in str(job.report) + str(job.asked) + str(job.progress)
        assert "Trần Thị Tiếp Nhận" not in str(job.asked)  # names of staff do not stay at the centre
        assert token not in str(list(OperatorAct.objects.values()))
    again = operator.post(f"{location}links/")
    assert again.status_code == 409
    assert "/first/" not in again.content.decode()
    assert "Hiện liên kết" not in operator.get(location).content.decode()
    assert Client(HTTP_HOST="thu.localhost").get(f"/first/{token}/").status_code == 200


def test_a_lost_link_is_issued_again_and_a_password_never(operator, sent, django_capture_on_commit_callbacks):
    """Who has chosen a password is not let in past it: seen to fail when ``again`` asks for no password."""
    location = _start(operator, django_capture_on_commit_callbacks)
    _work(location)
    door = Client(HTTP_HOST="thu.localhost")
    (lost,) = set(re.findall(r"/first/([\w-]+)/", operator.post(f"{location}links/").content.decode()))
    assert "được hiện lúc" in operator.get(location).content.decode()
    answer = operator.post("/tenants/H36/ready/links/")
    (found,) = set(re.findall(r"/first/([\w-]+)/", answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    assert found != lost
    assert operator.post("/tenants/H36/ready/links/").status_code == 409  # the same page sent twice
    assert door.get(f"/first/{found}/").status_code == 200
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert door.post(f"/first/{lost}/", chosen).status_code != 302
    with central_context():
        act = OperatorAct.objects.order_by("-id").first()
        assert (act.action, act.tenant_code, act.facts) == ("tenant.links_reissued", "H36", {"people": 1})
    assert door.post(f"/first/{found}/", chosen).status_code == 302
    (after,) = re.findall(r'name="after" value="(\d+)"', operator.get("/tenants/H36/ready/").content.decode())
    none = operator.post("/tenants/H36/ready/links/", {"after": after})
    assert none.status_code == 200
    assert "/first/" not in none.content.decode()


def test_links_are_for_the_operator_who_started_the_job(
    operator, come_in, sent, django_capture_on_commit_callbacks
):
    location = _start(operator, django_capture_on_commit_callbacks)
    _work(location)
    other = come_in("dongnghiep", "Trần Đồng Nghiệp")

    assert other.post(f"{location}links/").status_code == 404
    assert "Hiện liên kết" not in other.get(location).content.decode()
    assert operator.post(f"{location}links/").status_code == 200


def test_a_job_that_failed_says_why_and_is_run_again(
    operator, sent, django_capture_on_commit_callbacks, monkeypatch
):
    from apps.organisations.errors import UnitUnknown
    from project.onboarding import units

    location = _start(operator, django_capture_on_commit_callbacks)

    def refuse(**words):
        raise UnitUnknown

    with monkeypatch.context() as patched:
        patched.setattr(units.organisations, "import_units", refuse)
        _work(location)
    page = operator.get(location).content.decode()
    assert "Dừng giữa chừng: Không có đơn vị này." in page
    with django_capture_on_commit_callbacks(execute=True):
        assert operator.post(f"{location}again/").status_code == 302
    assert len(sent) == 2
    _work(location)
    assert "Đã xong" in operator.get(location).content.decode()
    assert operator.post(f"{location}again/").status_code == 409


def test_run_job_twice_does_the_work_once(furnished, db, sent):
    """A message that comes twice: the second finds the job done. Take the look at the state away and it runs again."""
    by = Actor(kind=ActorKind.OPERATOR, id=7, name="Vận Hành")
    public_id = start_job(main="tinh.toml", files=files(), by=by, now=timezone.now())
    run_job(public_id=public_id, clock=timezone.now)
    with central_context():
        before = (LongJob.objects.values().get(), OperatorAct.objects.count())
    run_job(public_id=public_id, clock=timezone.now)
    with central_context():
        assert (LongJob.objects.values().get(), OperatorAct.objects.count()) == before


def test_the_ready_list_and_the_opening(operator, sent, django_capture_on_commit_callbacks):
    _work(_start(operator, django_capture_on_commit_callbacks))
    assert "chưa kiểm tra" in operator.get("/tenants/H36/ready/").content.decode()
    assert operator.post("/tenants/H36/ready/").status_code == 302
    page = operator.get("/tenants/H36/ready/").content.decode()
    assert "Chưa có bản sao lưu nào." in page
    assert "manage.py tenant export H36" in page

    refused = operator.post("/tenants/H36/open/")
    assert refused.status_code == 409
    assert "Bản sao lưu" in refused.content.decode()
    refused = operator.post("/tenants/H36/open/", {"override": "1", "reason": " "})
    assert refused.status_code == 422
    assert find_tenant("H36").state == TenantState.PREPARING
    opened = operator.post("/tenants/H36/open/", {"override": "1", "reason": "Sao lưu đêm nay"})
    assert opened.status_code == 302
    assert find_tenant("H36").state == TenantState.READY
    page = operator.get("/tenants/H36/ready/").content.decode()
    assert "Mở dù chưa đạt" not in page
    with central_context():
        act = OperatorAct.objects.latest("id")
    assert (act.action, act.reason, act.operator_name) == (
        "tenant.opened_by_override", "Sao lưu đêm nay", "Nguyễn Vận Hành"
    )  # fmt: skip


@pytest.mark.parametrize("path", ["/tenants/onboard/", "/tenants/H21/ready/"])
def test_only_operators_come_in(furnished, db, path):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 302
    assert Client(HTTP_HOST="gialai.localhost").get(path).status_code == 404


def test_a_job_that_is_not_there(operator):
    assert operator.get("/tenants/onboard/0197a3c2-0000-7000-8000-000000000000/").status_code == 404
    assert operator.get("/tenants/H99/ready/").status_code == 404
