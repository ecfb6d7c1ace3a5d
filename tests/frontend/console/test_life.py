"""A tenant's life in the console: what is open, typed confirmation, the trail."""

import pytest
from django.test import Client

from tenants.registry.context import central_context
from tenants.registry.models import OperatorAct, Tenant
from tenants.registry.selectors import find_tenant


def test_the_page_offers_what_is_open_and_nothing_else(lone_operator):
    page = lone_operator.get("/tenants/H21/life/").content.decode()
    for part in ("Chỉ cho xem", "Đóng tạm", "Thôi hoạt động", "gialai.localhost", "Chưa có việc nào"):
        assert part in page
    for part in ("Mở lại", "Xóa dữ liệu"):
        assert part not in page
    assert lone_operator.get("/tenants/H21/life/drop/").status_code == 404
    assert lone_operator.get("/tenants/H21/life/khac/").status_code == 404
    assert lone_operator.get("/tenants/H99/life/").status_code == 404


def test_the_tenants_page_leads_to_its_life(lone_operator):
    page = lone_operator.get("/tenants/H21/").content.decode()
    assert 'href="/tenants/H21/life/"' in page
    assert page.count('id="facts"') == 1


def test_an_act_is_carried_out_and_stands_in_the_trail(lone_operator):
    form = {"notice": "Kiểm kê đến 30/11", "reason": "Kế hoạch 12"}
    answer = lone_operator.post("/tenants/H21/life/read-only/", form)
    assert answer["Location"] == "/tenants/H21/life/?done=1"
    page = lone_operator.get(answer["Location"]).content.decode()
    for part in (
        "Tạm ngừng hoặc chỉ cho xem",
        "Nguyễn Vận Hành",
        "Kế hoạch 12",
        "Kiểm kê đến 30/11",
        "Mở lại",
    ):
        assert part in page
    assert find_tenant("H21").state == "READ_ONLY"
    assert find_tenant("H26").state == "READY"
    assert "Tạm ngừng hoặc chỉ cho xem" in lone_operator.get("/acts/").content.decode()
    assert "Tạm ngừng hoặc chỉ cho xem" not in lone_operator.get("/tenants/H26/life/").content.decode()


@pytest.mark.parametrize(
    ("slug", "form"),
    [
        ("close", {"notice": "Đóng", "confirm": "H26"}),
        ("close", {"notice": "", "confirm": "H21"}),
        ("retire", {"reason": "Sáp nhập", "confirm": ""}),
        ("retire", {"reason": "", "confirm": "H21"}),
        ("succeed", {"new": "H26", "ground": "Nghị quyết 1", "confirm": "h21"}),
        ("drop", {"without_archive": "thử", "confirm": "H21"}),
        ("rename", {"host": "hanoi.localhost"}),
    ],
)
def test_a_refusal_stands_beside_its_field_and_changes_nothing(lone_operator, slug, form):
    with central_context():
        before = list(Tenant.objects.order_by("id").values())
    answer = lone_operator.post(f"/tenants/H21/life/{slug}/", form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in page
    assert all(value in page for name, value in form.items() if name != "confirm")
    with central_context():
        assert list(Tenant.objects.order_by("id").values()) == before
        assert OperatorAct.objects.count() == 0


def test_the_typed_code_lets_it_through(lone_operator):
    form = {"reason": "Sáp nhập", "notice": "", "confirm": "H21"}
    assert lone_operator.post("/tenants/H21/life/retire/", form).status_code == 302
    assert "Xóa dữ liệu" in lone_operator.get("/tenants/H21/life/").content.decode()
    dropped = lone_operator.post("/tenants/H21/life/drop/", {"without_archive": "thử", "confirm": "H21"})
    assert dropped.status_code == 302
    assert "dữ liệu đã được xóa" in lone_operator.get("/tenants/H21/life/").content.decode()
    assert lone_operator.get("/tenants/H21/").status_code == 200


def test_the_trail_is_a_keyset_page(lone_operator, now):
    with central_context():
        OperatorAct.objects.bulk_create(
            OperatorAct(at=now, operator_name="x", action=f"act.{number:03d}") for number in range(60)
        )
    first = lone_operator.get("/acts/").content.decode()
    assert "act.059" in first
    assert "act.009" not in first
    older = first.split('href="?before=')[1].split('"')[0]
    second = lone_operator.get("/acts/", {"before": older}).content.decode()
    assert "act.009" in second
    assert "act.010" not in second
    assert lone_operator.get("/acts/", {"before": "x" * 30}).status_code == 200


@pytest.mark.parametrize("path", ["/acts/", "/tenants/H21/life/", "/tenants/H21/life/retire/"])
def test_only_operators_come_in(gia_lai, path):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 302
    assert Client(HTTP_HOST="gialai.localhost").get(path).status_code == 404
