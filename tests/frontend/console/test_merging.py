"""A merge in the console: looked at, decided with the code typed again, watched, taken up again, its report read.

Gia Lai and Hà Nội are nearly empty here; lived-in provinces: tests/platform/project/merging/test_working.py.
"""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from apps.organisations.enums import UnitKind
from apps.organisations.services import create_unit
from kernel.actors import SYSTEM
from tenants.provisioning.models import LongJob
from tenants.provisioning.working.running import run_work
from tenants.registry.context import central_context, tenant_context
from tenants.registry.models import OperatorAct, Tenant
from tenants.registry.selectors import find_tenant
from tests.statements import statements_of

PAGE = "/tenants/H21/merge/"
FORM = {"into": "H26", "ground": "Nghị quyết 202/2025/QH15"}


def _work(location):
    run_work(public_id=UUID(location.strip("/").split("/")[-1]), clock=timezone.now)


def _everything():
    with central_context():
        return (
            list(LongJob.objects.order_by("id").values()),
            list(Tenant.objects.order_by("id").values()),
            OperatorAct.objects.count(),
        )


@pytest.fixture
def rooted(gia_lai, ha_noi, now):
    """A tree of units each, of one unit: without it there is nothing to hang the other below."""
    for tenant in (gia_lai, ha_noi):
        with tenant_context(tenant):
            create_unit(
                code=tenant.code, name=tenant.name, kind=UnitKind.PROVINCE, parent_id=None,
                valid_from=date(2026, 1, 1), by=SYSTEM, now=now,
            )  # fmt: skip


@pytest.fixture
def looked(rooted, press):
    location = press(PAGE, **FORM)
    _work(location)
    return location


def test_a_merge_is_looked_at_decided_and_reported(lone_operator, press, sent, looked):
    assert f'href="{PAGE}"' in lone_operator.get("/tenants/H21/life/").content.decode()
    page = lone_operator.get(PAGE).content.decode()
    for part in ("H26 Thành phố Hà Nội", "Sáp nhập: xem trước", "H21 → H26", "chưa có bản lưu trữ nào"):
        assert part in page
    page = lone_operator.get(looked).content.decode()
    for part in ("chờ quyết định", "Sẽ chuyển", "Gõ lại mã H21", "Chưa có gì thay đổi", FORM["ground"]):
        assert part in page
    assert find_tenant("H21").state == "READY"

    assert press(f"{looked}merge/", confirm="H21") == looked
    assert len(sent) == 2
    _work(looked)
    page = lone_operator.get(looked).content.decode()
    for part in ("Đối soát khớp", "Đã chuyển", "Việc cần làm tiếp", "Nguyễn Vận Hành"):
        assert part in page
    assert "hx-trigger" not in page
    assert find_tenant("H21").state == "RETIRED"
    assert "được tiếp tục ở Thành phố Hà Nội" in lone_operator.get(PAGE).content.decode()
    assert "H21 → H26" in lone_operator.get("/tenants/H26/merge/").content.decode()
    with central_context():
        acts = OperatorAct.objects.filter(tenant_code="H21").order_by("id")
        names = list(acts.values_list("action", "operator_name"))
    told = ("merge_confirmed", "merge_begun", "succeeded")
    assert names == [(f"tenant.{name}", "Nguyễn Vận Hành") for name in told]


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"into": "H21", "ground": "x"}, 422),
        ({"into": "H99", "ground": "x"}, 404),
        ({"into": "H26", "ground": " "}, 422),
    ],
)
def test_a_pair_that_does_not_fit_is_refused_beside_the_form(lone_operator, form, status):
    before = _everything()
    answer = lone_operator.post(PAGE, form)
    assert answer.status_code == status
    assert "error-summary" in answer.content.decode()
    assert _everything() == before


def test_all_that_was_left_out_is_told_at_once(lone_operator):
    page = lone_operator.post(PAGE, {"into": "", "ground": " "}).content.decode()
    assert "Hãy chọn nơi nhận." in page
    assert "Hãy ghi căn cứ" in page
    assert 'href="#f-into"' in lone_operator.post(PAGE, {"into": "H99", "ground": "x"}).content.decode()


def test_a_decision_that_is_refused_changes_nothing(lone_operator, looked):
    before = _everything()
    refused = lone_operator.post(f"{looked}merge/", {"confirm": "H26"})
    assert refused.status_code == 422
    assert 'href="#f-confirm"' in refused.content.decode()
    assert lone_operator.post(f"{looked}replace/", {"confirm": "H21"}).status_code == 409
    assert lone_operator.post(f"{looked}abandon/", {"confirm": "H21"}).status_code == 404
    assert _everything() == before


def test_obstacles_are_told_and_keep_the_button_away(lone_operator, press):
    looked = press(PAGE, **FORM)  # neither has a unit that the others could hang below
    _work(looked)
    page = lone_operator.get(looked).content.decode()
    assert "Trở ngại phải giải quyết trước" in page
    assert "H21 cần đúng một đơn vị gốc" in page
    assert "Gõ lại mã H21" not in page
    assert "Xem lại" in page
    refused = lone_operator.post(f"{looked}merge/", {"confirm": "H21"})
    assert refused.status_code == 409
    assert "Còn 2 trở ngại" in refused.content.decode()


def _begun(**changed):
    """As a command that was cut off leaves it."""
    with central_context():
        LongJob.objects.all().delete()
        return LongJob.objects.create(
            **{
                "public_id": "0197a3c2-0000-7000-8000-000000000001",
                "kind": "MERGE",
                "tenant_code": "H21",
                "state": "FAILED",
                "error": "Tệp … không có trong kho",
                "asked": {"into": "H26", "ground": "NQ 1", "day": "2026-11-26"},
                "progress": {"state_before": "READY", "notice_before": "", "moved": 1234, "table": "fees_payment"},
                "created_at": timezone.now(),
                "created_by_name": "root",
            }
            | changed
        )  # fmt: skip


def test_a_merge_that_a_command_began_is_taken_up_again(lone_operator, press, sent):
    _begun()
    location = "/tenants/H21/works/0197a3c2-0000-7000-8000-000000000001/"
    page = lone_operator.get(location).content.decode()
    for part in ("Đã chuyển 1.234 dòng", "fees_payment", "không có trong kho", "Đi tiếp"):
        assert part in page
    assert "Bỏ lần sáp nhập" not in page  # rows were moved: there is no way back
    refused = lone_operator.post(PAGE, FORM)
    assert refused.status_code == 409
    assert "đã bắt đầu" in refused.content.decode()
    press(f"{location}again/")
    assert len(sent) == 1
    with central_context():
        job = LongJob.objects.get()
    assert (job.state, job.progress["moved"], job.asked.get("act")) == ("WAITING", 1234, None)


def test_a_merge_that_a_living_command_carries_out_is_left_to_it(lone_operator, gia_lai, ha_noi):
    """Without the look at the tenant's lock a second worker would be sent, and end the row of the first as failed."""
    from tenants.provisioning.merging.holding import both_held

    _begun(state="RUNNING")
    location = "/tenants/H21/works/0197a3c2-0000-7000-8000-000000000001/"
    with both_held(gia_lai, ha_noi):
        assert "Đi tiếp" not in lone_operator.get(location).content.decode()
        assert lone_operator.post(f"{location}again/").status_code == 409
    assert "Đi tiếp" in lone_operator.get(location).content.decode()


def test_the_page_costs_the_same_with_one_row_and_with_three(lone_operator):
    def look():
        with (
            central_context()
        ):  # bound already: whether the binding is told once more is not the page's matter
            return len(statements_of(lambda: lone_operator.get(PAGE)))

    job = _begun()
    look()
    one = look()
    with central_context():
        for number in (2, 3):
            job.pk, job.public_id = None, f"0197a3c2-0000-7000-8000-00000000000{number}"
            job.save(force_insert=True)
    look()
    assert look() == one


def test_only_operators_come_in(gia_lai):
    assert Client(HTTP_HOST="localhost").get(PAGE).status_code == 302
    assert Client(HTTP_HOST="gialai.localhost").get(PAGE).status_code == 404
