"""Where a tenant is found, in the console: hosts and codes of before, shown, added, changed, taken away."""

import pytest
from django.test import Client

from tenants.registry.context import central_context
from tenants.registry.models import Domain, OperatorAct, TenantAlias
from tenants.registry.selectors import find_surviving_tenant, find_tenant, list_domains
from tests.statements import statements_of

PAGE = "/tenants/H21/hosts/"


def _hosts(code="H21"):
    return [(one.domain, one.is_primary, one.redirects) for one in list_domains(find_tenant(code))]


def _everything():
    with central_context():
        return (
            list(Domain.objects.order_by("id").values()),
            list(TenantAlias.objects.order_by("id").values()),
            OperatorAct.objects.count(),
        )


def test_a_host_is_added_changed_and_taken_away(lone_operator):
    assert 'href="/tenants/H21/hosts/"' in lone_operator.get("/tenants/H21/life/").content.decode()
    answer = lone_operator.post(f"{PAGE}add/", {"host": "Pleiku.localhost"})
    assert answer["Location"] == f"{PAGE}?done=1"
    page = lone_operator.get(answer["Location"]).content.decode()
    for part in ("pleiku.localhost", "chuyển tiếp về địa chỉ chính", "Cho tự trả lời", "ghi vào nhật ký"):
        assert part in page
    assert "hanoi.localhost" not in page

    assert (
        lone_operator.post(f"{PAGE}answers/", {"host": "pleiku.localhost", "answers": "1"}).status_code == 302
    )
    assert _hosts() == [("gialai.localhost", True, False), ("pleiku.localhost", False, False)]
    assert "Cho chuyển tiếp" in lone_operator.get(PAGE).content.decode()
    assert "nơi nào trả lời" in lone_operator.get(f"{PAGE}remove/pleiku.localhost/").content.decode()
    assert lone_operator.post(f"{PAGE}remove/pleiku.localhost/").status_code == 302
    assert _hosts() == [("gialai.localhost", True, False)]
    assert _hosts("H26") == [("hanoi.localhost", True, False)]
    with central_context():
        acts = list(OperatorAct.objects.order_by("id").values_list("action", "operator_name"))
    names = ("host_added", "host_changed", "host_removed")
    assert acts == [(f"tenant.{name}", "Nguyễn Vận Hành") for name in names]


def test_the_primary_host_goes_when_another_is_named(lone_operator):
    page = lone_operator.get(f"{PAGE}remove/gialai.localhost/").content.decode()
    assert "Địa chỉ chính mới" in page
    refused = lone_operator.post(f"{PAGE}remove/gialai.localhost/", {"instead": "hanoi.localhost"})
    assert refused.status_code == 409
    assert 'href="#f-instead"' in refused.content.decode()
    assert _hosts() == [("gialai.localhost", True, False)]
    assert (
        lone_operator.post(f"{PAGE}remove/gialai.localhost/", {"instead": "pleiku.localhost"}).status_code
        == 302
    )
    assert _hosts() == [("pleiku.localhost", True, False)]


def test_another_host_becomes_the_primary_one_by_the_form_of_renaming(lone_operator):
    lone_operator.post(f"{PAGE}add/", {"host": "pleiku.localhost"})
    assert "life/rename/?host=pleiku.localhost" in lone_operator.get(PAGE).content.decode()
    form = lone_operator.get("/tenants/H21/life/rename/?host=pleiku.localhost").content.decode()
    assert 'value="pleiku.localhost"' in form


def test_a_code_of_before_is_added_and_one_put_down_by_mistake_taken_away(lone_operator):
    assert (
        lone_operator.post(f"{PAGE}add-code/", {"alias": "h17", "ground": "Nghị quyết 1"}).status_code == 302
    )
    page = lone_operator.get(PAGE).content.decode()
    for part in ("H17", "Nghị quyết 1", "Bỏ mã H17"):
        assert part in page
    assert find_surviving_tenant("H17").code == "H21"
    assert (
        lone_operator.post(f"{PAGE}remove-code/", {"alias": "H17", "reason": "Ghi nhầm"}).status_code == 302
    )
    assert find_surviving_tenant("H17") is None


def test_the_code_of_a_tenant_that_goes_on_here_stays(lone_operator):
    form = {"new": "H26", "ground": "Nghị quyết 1", "confirm": "H21"}
    assert lone_operator.post("/tenants/H21/life/succeed/", form).status_code == 302
    page = lone_operator.get("/tenants/H26/hosts/").content.decode()
    assert "Tiếp tục công việc của" in page
    assert "không bỏ được" in page
    assert "Bỏ mã H21" not in page
    gone = lone_operator.get(PAGE).content.decode()
    assert "Được tiếp tục ở" in gone
    assert "Thêm địa chỉ" not in gone


@pytest.mark.parametrize(
    ("address", "form", "status"),
    [
        ("add/", {"host": "hanoi.localhost"}, 409),
        ("add/", {"host": "có dấu"}, 422),
        ("answers/", {"host": "gialai.localhost", "answers": "1"}, 409),
        ("remove/gialai.localhost/", {"instead": ""}, 409),
        ("add-code/", {"alias": "H26", "ground": "Nghị quyết 1"}, 409),
        ("add-code/", {"alias": "H17", "ground": " "}, 422),
        ("remove-code/", {"alias": "H17", "reason": "nhầm"}, 404),
        ("remove/hanoi.localhost/", {}, 404),
        ("khac/", {}, 404),
    ],
)
def test_a_refusal_changes_and_records_nothing(lone_operator, address, form, status):
    before = _everything()
    answer = lone_operator.post(PAGE + address, form)
    assert answer.status_code == status
    if status != 404:
        page = answer.content.decode()
        assert "error-summary" in page
        assert all(value.strip() in page for name, value in form.items() if name != "answers")
    assert _everything() == before


def test_the_page_costs_the_same_with_one_row_and_with_three(lone_operator, gia_lai, now):
    def look():
        with (
            central_context()
        ):  # bound already: whether the binding is told once more is not the page's matter
            return len(statements_of(lambda: lone_operator.get(PAGE)))

    look()
    one = look()
    with central_context():
        for number in range(2):
            Domain.objects.create(
                domain=f"m{number}.localhost", tenant=gia_lai, is_primary=False, redirects=True
            )
            TenantAlias.objects.create(code=f"H9{number}", tenant=gia_lai, ground="x", created_at=now)
    assert look() == one


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}remove/gialai.localhost/"])
def test_only_operators_come_in(gia_lai, path):
    assert Client(HTTP_HOST="localhost").get(path).status_code == 302
    assert Client(HTTP_HOST="gialai.localhost").get(path).status_code == 404
